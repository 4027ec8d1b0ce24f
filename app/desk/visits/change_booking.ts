import type User from '#app/people/user'
import type { Door } from '#app/bookings/calendar'
import { lockPlaces } from '#app/bookings/lock_places'
import { releasePlace } from '#app/bookings/release_place'
import { takeFreePlace } from '#app/bookings/take_free_place'
import type { PlaceRefusal } from '#app/bookings/take_place'
import { handoverContext } from '#app/handover/handover_context'
import { slotsOf } from '#app/handover/connectors'
import type Handover from '#app/handover/handover'
import type { AskedFor } from '#app/submissions/asked_for'
import { cancelUnsent } from '#app/replies/cancel_unsent'
import { openReply } from '#app/replies/open_reply'
import { transition, type Transition } from '#app/core/transition'

export type Changed = { ok: true; bookingId: string } | { ok: false; reason: PlaceRefusal | 'late' }

class Refused extends Error {
  constructor(readonly reason: PlaceRefusal | 'late') {
    super(reason)
  }
}

interface Row {
  id: string
  handover_id: string
  slot_id: string
  state: string
  dose: string
}

/**
 * Moves a booking to another time: the new place is taken and the old one given back, both or neither. By phone a
 * letter follows; at the counter a new slip.
 */
export async function moveBooking(
  user: User,
  bookingId: string,
  slotId: string,
  door: Door
): Promise<Changed> {
  try {
    return await transition(async (t) => {
      const { row, asked, handover } = await lock(t, bookingId)
      await lockPlaces(t.trx, [row.slot_id, slotId])
      const request = await slotsOf(asked.version).placeAt(asked, slotId, door, t.trx)
      if (!request || slotId === row.slot_id) throw new Refused('closed')
      const released = await releasePlace(t, bookingId, 'given_back')
      if (!released) throw new Refused('late')
      const taken = await takeFreePlace(
        t,
        { ...request, replacesId: bookingId },
        { state: 'booked', handoverId: row.handover_id }
      )
      if (!taken.ok) throw new Refused(taken.reason)
      await handover.finish(t, { reference: taken.bookingId })
      t.record({
        verb: 'booking.moved',
        subject: { type: 'booking', id: taken.bookingId },
        clientId: asked.submission.clientId,
        submissionId: asked.submission.id,
        actorId: user.id,
      })
      await notifyPerson(t, asked, door, 'moved', taken.bookingId)
      t.wake({ type: 'slot', id: released.slot_id })
      return { ok: true, bookingId: taken.bookingId }
    })
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: error.reason }
    throw error
  }
}

/** Cancels a booking. The place goes to who waits longest, if anybody does. */
export async function cancelBooking(
  user: User,
  bookingId: string,
  door: Door
): Promise<{ ok: boolean }> {
  try {
    return await transition(async (t) => {
      const { asked, handover } = await lock(t, bookingId)
      const released = await releasePlace(t, bookingId, 'canceled')
      if (!released) throw new Refused('late')
      await handover.cancel(t)
      t.record({
        verb: 'booking.canceled',
        subject: { type: 'booking', id: bookingId },
        clientId: asked.submission.clientId,
        submissionId: asked.submission.id,
        actorId: user.id,
      })
      await notifyPerson(t, asked, door, 'canceled', bookingId)
      t.wake({ type: 'slot', id: released.slot_id })
      return { ok: true }
    })
  } catch (error) {
    if (error instanceof Refused) return { ok: false }
    throw error
  }
}

/** On the phone nothing was handed over: a letter says it too. What is not sent yet of before is stopped. */
async function notifyPerson(
  t: Transition,
  { submission, version }: AskedFor,
  door: Door,
  kind: string,
  bookingId: string
): Promise<void> {
  await cancelUnsent(t, submission.id)
  if (door === 'counter') return
  const revision: { id: string } = await t.trx
    .from('revisions')
    .where('submission_id', submission.id)
    .orderBy('number', 'desc')
    .select('id')
    .firstOrFail()
  const reply = await openReply(t, submission, version, {
    kind,
    product: 'letter',
    revisionId: revision.id,
    occasion: bookingId,
  })
  if (reply) await submission.reopenToReply(t)
}

async function lock(
  t: Transition,
  bookingId: string
): Promise<{ row: Row; asked: AskedFor; handover: Handover }> {
  const found: { handover_id: string | null } | null = await t.trx
    .from('bookings')
    .where({ id: bookingId, state: 'booked' })
    .select('handover_id')
    .first()
  if (!found?.handover_id) throw new Refused('late')
  const context = await handoverContext(t, found.handover_id)
  const row: Row | null = await t.trx
    .from('bookings')
    .where({ id: bookingId, state: 'booked' })
    .forUpdate()
    .select('id', 'handover_id', 'slot_id', 'state', 'dose')
    .first()
  if (!row) throw new Refused('late')
  return { row, asked: { ...context, dose: row.dose }, handover: context.handover }
}
