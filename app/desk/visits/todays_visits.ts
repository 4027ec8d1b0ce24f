import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { today } from '#app/core/clock'
import { PAGE_SIZE } from '#app/core/paging'

const MAX_OPEN = 5

/** Visits of this clerk that have not been ended, with the ticket by which one knows them. */
export function openVisits(user: User) {
  return db
    .from('visits')
    .leftJoin('tickets', 'tickets.visit_id', 'visits.id')
    .where('visits.user_id', user.id)
    .whereNull('visits.ended_at')
    .orderBy('visits.started_at', 'desc')
    .limit(MAX_OPEN)
    .select('visits.id', 'visits.channel', 'visits.started_at', 'tickets.number')
}

/** Lists what was made out today: to be printed again when the printer ran out of paper. */
export function todaysSlips(page: number) {
  return db
    .from('submissions')
    .leftJoin('bookings', (join) =>
      join.on('bookings.submission_id', 'submissions.id').andOnVal('bookings.state', '=', 'booked')
    )
    .whereIn('submissions.channel', ['counter', 'phone'])
    .where('submissions.arrived_on', today())
    .whereNotIn('submissions.state', ['collecting', 'canceled', 'erased'])
    .orderBy('submissions.created_at', 'desc')
    .select(
      'submissions.id',
      'submissions.receipt',
      'submissions.channel',
      'submissions.created_at',
      'bookings.id as booking_id'
    )
    .paginate(page, PAGE_SIZE)
}
