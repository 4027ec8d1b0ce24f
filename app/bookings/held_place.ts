import type { Transition } from '#app/core/transition'

/**
 * A held place becomes the booking, of the handover that it was offered for or of this one.
 * @returns false when it is held no longer
 */
export async function bookHeld(
  t: Transition,
  bookingId: string,
  handoverId?: string
): Promise<boolean> {
  const [booked]: { id: string; client_id: string }[] = await t.trx
    .from('bookings')
    .where({ id: bookingId, state: 'held' })
    .whereRaw('held_until > now()')
    .update({
      state: 'booked',
      held_until: null,
      ...(handoverId ? { handover_id: handoverId } : {}),
    })
    .returning(['id', 'client_id'])
  if (!booked) return false
  t.recordOnly({
    verb: 'booking.confirmed',
    subject: { type: 'booking', id: booked.id },
    clientId: booked.client_id,
    detail: { from: 'held', to: 'booked' },
  })
  return true
}

/** Keeps a held place so many days longer; false when it is held no longer. */
export async function prolongHold(
  t: Transition,
  bookingId: string,
  days: number
): Promise<boolean> {
  const kept: { id: string }[] = await t.trx
    .from('bookings')
    .where({ id: bookingId, state: 'held' })
    .update({ held_until: t.trx.raw(`now() + make_interval(days => ${Math.round(days)})`) })
    .returning(['id'])
  return kept.length > 0
}
