import { bookHeld } from '#app/bookings/held_place'
import type { Transition } from '#app/core/transition'
import { handoverContext } from '#app/handover/handover_context'
import type User from '#app/people/user'
import { waitingPlace } from '#app/rebooking/waiting_place'
import { answerAgain } from '#app/replies/answer_again'

/** The reason why a time is held for somebody: their day was closed, or they had waited. */
export type HeldFor = 'closure' | 'offer'

/** A time that was held for somebody is taken by them. False when it is held no longer. */
export async function acceptOffer(
  t: Transition,
  user: User,
  bookingId: string,
  reason: HeldFor
): Promise<boolean> {
  const held: { handover_id: string } | null = await t.trx
    .from('bookings')
    .where({ id: bookingId, state: 'held' })
    .whereRaw('held_until > now()')
    .whereNotNull('handover_id')
    .whereIn('slot_id', t.trx.from('slots').whereNull('closed_at').select('id'))
    .select('handover_id')
    .first()
  if (!held) return false
  const { handover, submission, version } = await handoverContext(t, held.handover_id)
  if (!(await bookHeld(t, bookingId))) return false
  await handover.finish(t, { reference: bookingId })
  await waitingPlace.book(t, bookingId)
  t.record({
    verb: reason === 'closure' ? 'booking.moved' : 'booking.made',
    subject: { type: 'booking', id: bookingId },
    clientId: submission.clientId,
    submissionId: submission.id,
    actorId: user.id,
  })
  // Who waited is answered by the flow; who had been answered before is told that the day has moved.
  if (reason === 'closure')
    await answerAgain(t, { submission, version }, handover.revisionId, 'moved', bookingId)
  return true
}
