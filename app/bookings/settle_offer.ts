import type User from '#app/identity/user'
import { releasePlace } from '#app/bookings/release_place'
import { handoverContext } from '#app/handover/handover_context'
import { openReply } from '#app/replies/open_reply'
import type { ReplyKind } from '#app/replies/reply'
import type { Transition } from '#app/shared/transition'

export type OfferReason = 'closure' | 'offer'

/** A time that was held for somebody is taken by them. False when it is held no longer. */
export async function acceptOffer(
  t: Transition,
  user: User,
  bookingId: string,
  reason: OfferReason
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
  const [booked] = await t.trx
    .from('bookings')
    .where({ id: bookingId, state: 'held' })
    .whereRaw('held_until > now()')
    .update({ state: 'booked', held_until: null })
    .returning(['id'])
  if (!booked) return false
  await handover.merge({ state: 'done', reference: bookingId }).save()
  await t.trx
    .from('waiting_list')
    .where('offered_booking_id', bookingId)
    .update({ state: 'booked' })
  t.record({
    verb: reason === 'closure' ? 'booking.moved' : 'booking.made',
    subject: { type: 'booking', id: bookingId },
    clientId: submission.clientId,
    submissionId: submission.id,
    actorId: user.id,
  })
  // Who waited is answered by the flow; who had been answered before is told that the day has moved.
  if (reason === 'closure')
    await tellAgain(t, { submission, version }, handover.revisionId, 'moved', bookingId)
  return true
}

/** A time that was held for somebody is not wanted. The place goes to the next who waits. */
export async function declineOffer(
  t: Transition,
  bookingId: string,
  reason: OfferReason
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
  await t.trx.from('waiting_list').where('offered_booking_id', bookingId).update({ state: 'left' })
  await handover.merge({ state: reason === 'closure' ? 'canceled' : 'declined' }).save()
  t.record({
    verb: 'offer.declined',
    subject: { type: 'booking', id: bookingId },
    clientId: submission.clientId,
    submissionId: submission.id,
  })
  if (reason === 'closure')
    await tellAgain(t, { submission, version }, handover.revisionId, 'canceled', bookingId)
  t.wake({ type: 'slot', id: row.slot_id })
}

/** Another letter about a request that was answered before. */
export async function tellAgain(
  t: Transition,
  {
    submission,
    version,
  }: Pick<Awaited<ReturnType<typeof handoverContext>>, 'submission' | 'version'>,
  revisionId: string,
  kind: ReplyKind,
  occasion: string
): Promise<boolean> {
  const reply = await openReply(t, submission, version, {
    kind,
    product: 'letter',
    revisionId,
    occasion,
  })
  if (reply) await submission.reopenToReply(t)
  return reply !== null
}
