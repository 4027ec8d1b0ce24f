import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import type { Door } from '#app/bookings/calendar'
import { lockPlaces } from '#app/bookings/lock_places'
import { releasePlace } from '#app/bookings/release_place'
import { takeFreePlace } from '#app/bookings/take_free_place'
import type { PlaceRefusal } from '#app/bookings/take_place'
import { openPerson } from '#app/desk/visits/current_person'
import { slotsOf } from '#app/handover/connectors'
import { NumberSetting } from '#app/core/number_setting'
import Submission from '#app/submissions/submission'
import { transition, type Transition } from '#app/core/transition'

/** Minutes for which a place is kept while somebody makes up their mind. */
export const holdMinutes = new NumberSetting({
  name: 'desk.hold_minutes',
  section: 'desk',
  unit: 'minutes',
  fallback: 5,
  min: 1,
  max: 60,
})

export type Held = { ok: true; bookingId: string } | { ok: false; reason: PlaceRefusal }

/**
 * Holds a place for whoever is being helped in a visit; a place that was held before is given back. When it is gone, the
 * reason says so and nothing has changed. Null where nobody is being helped.
 */
export async function holdForVisit(
  user: User,
  visitId: string,
  slotId: string
): Promise<Held | null> {
  const row: ({ submission_id: string } & SlotFacts) | null = await db
    .from('submissions')
    .joinRaw('left join slots on slots.id = ?', [slotId])
    .where({ 'submissions.visit_id': visitId, 'submissions.state': 'collecting' })
    .orderBy('submissions.created_at', 'desc')
    .select(
      'submissions.id as submission_id',
      'slots.taken',
      'slots.capacity',
      'slots.closed_at',
      db.raw(
        `exists (select 1 from bookings where slot_id = slots.id and state = 'held' and held_until <= now()) as overdue`
      )
    )
    .first()
  if (!row) return null
  // Most of those who come too late are told without a transaction.
  if (row.taken === null || row.closed_at) return { ok: false, reason: 'closed' }
  if (row.taken >= row.capacity && !row.overdue) return { ok: false, reason: 'full' }
  return tryToHold(user, row.submission_id, slotId)
}

interface SlotFacts {
  taken: number | null
  capacity: number
  closed_at: Date | null
  /** whether a hold there has run out that nobody has swept yet */
  overdue: boolean
}

class Refused extends Error {
  constructor(readonly reason: PlaceRefusal) {
    super(reason)
  }
}

async function tryToHold(user: User, submissionId: string, slotId: string): Promise<Held> {
  try {
    return await transition(async (t) => {
      const submission = await Submission.query({ client: t.trx })
        .where({ id: submissionId, state: 'collecting' })
        .forUpdate()
        .first()
      if (!submission) throw new Refused('closed')
      const { asked } = await openPerson(submission, t.trx)
      await giveBackHold(t, submission, slotId)
      const request = await slotsOf(asked.version).placeAt(asked, slotId, doorOf(submission), t.trx)
      if (!request) throw new Refused('closed')
      const taken = await takeFreePlace(t, request, {
        state: 'held',
        minutes: await holdMinutes.value(t.trx),
      })
      if (!taken.ok) throw new Refused(taken.reason)
      t.announce(`calendars/${taken.calendarId}`)
      // Nothing of the flow waits for a hold.
      t.recordOnly({
        verb: 'hold.made',
        subject: { type: 'booking', id: taken.bookingId },
        clientId: submission.clientId,
        submissionId,
        actorId: user.id,
      })
      return { ok: true, bookingId: taken.bookingId }
    })
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: error.reason }
    throw error
  }
}

/** Gives a person's held place back, if there is one; before another slot is taken, both are locked. */
export async function giveBackHold(
  t: Transition,
  submission: Submission,
  nextSlotId?: string
): Promise<void> {
  const held: { id: string; slot_id: string }[] = await t.trx
    .from('bookings')
    .where({ submission_id: submission.id, state: 'held' })
    .select('id', 'slot_id')
  if (held.length > 0)
    await lockPlaces(t.trx, [
      ...held.map((row) => row.slot_id),
      ...(nextSlotId ? [nextSlotId] : []),
    ])
  for (const { id } of held) await releasePlace(t, id, 'given_back')
}

/** Through which door a submission comes. */
export function doorOf(submission: { channel: string }): Door {
  return submission.channel === 'counter' || submission.channel === 'phone'
    ? submission.channel
    : 'paper'
}
