import { releasePlace } from '#app/bookings/release_place'
import type { Transition } from '#app/core/transition'
import { handoverContext } from '#app/handover/handover_context'
import type { HeldFor } from '#app/rebooking/accept_offer'
import { waitingPlace } from '#app/rebooking/waiting_place'
import { answerAgain } from '#app/replies/answer_again'

/** A time that was held for somebody is not wanted. The place goes to the next who waits. */
export async function declineOffer(
  t: Transition,
  bookingId: string,
  reason: HeldFor
): Promise<void> {
  const row: { handover_id: string; slot_id: string } | null = await t.trx
    .from('bookings')
    .where('id', bookingId)
    .whereNotNull('handover_id')
    .select('handover_id', 'slot_id')
    .first()
  if (!row) return
  const { handover, submission, version } = await handoverContext(t, row.handover_id)
  // Somebody else has settled it, or its time was over.
  if (!(await releasePlace(t, bookingId, 'declined'))) return
  await waitingPlace.leave(t, { offered_booking_id: bookingId })
  if (reason === 'closure') await handover.cancel(t)
  else await handover.refuse(t, 'declined')
  t.record({
    verb: 'offer.declined',
    subject: { type: 'booking', id: bookingId },
    clientId: submission.clientId,
    submissionId: submission.id,
  })
  if (reason === 'closure')
    await answerAgain(t, { submission, version }, handover.revisionId, 'canceled', bookingId)
  t.wake({ type: 'slot', id: row.slot_id })
}
