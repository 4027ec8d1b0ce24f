import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { serviceChoices } from '#app/desk/visits/service_choices'
import { todaysLine } from '#app/desk/tickets/ticket_line'
import type User from '#app/people/user'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { today } from '#app/core/clock'

/** Where the counter's work begins. */
export default class DeskController {
  async index({ auth, request, view, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const line = await todaysLine()
    return view.render('desk/visits/index', {
      line,
      open: await this.#openVisits(user),
      taken: line.find((ticket) => ticket.number === Number(request.qs().taken)) ?? null,
      waiting: line.filter((ticket) => ticket.state === 'waiting'),
      services: await serviceChoices(),
      counter: session.get('counter', 1),
      slips: await this.#slips(await pageNumber(request.qs())),
      today: today(),
    })
  }

  /** Visits of this clerk that have not been ended, with the ticket by which one knows them. */
  #openVisits(user: User) {
    return db
      .from('visits')
      .leftJoin('tickets', 'tickets.visit_id', 'visits.id')
      .where('visits.user_id', user.id)
      .whereNull('visits.ended_at')
      .orderBy('visits.started_at', 'desc')
      .limit(5)
      .select('visits.id', 'visits.channel', 'visits.started_at', 'tickets.number')
  }

  /** What was made out today: to be printed again when the printer ran out of paper. */
  #slips(page: number) {
    return db
      .from('submissions')
      .leftJoin('bookings', (join) =>
        join
          .on('bookings.submission_id', 'submissions.id')
          .andOnVal('bookings.state', '=', 'booked')
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
}
