import type { Transition } from '#app/core/transition'

export interface OwnBooking {
  id: string
  slotId: string
  places: number
  fromLeg: number | null
  toLeg: number | null
}

/**
 * The booking that this very request has already, from an earlier revision: it belongs to the newest handover from here
 * on, so that whatever is said of it next says it by the newest values.
 */
export async function ownBooking(
  t: Transition,
  submissionId: string,
  handoverId: string
): Promise<OwnBooking | null> {
  const [row] = await t.trx
    .from('bookings')
    .where({ submission_id: submissionId, state: 'booked' })
    .update({ handover_id: handoverId })
    .returning(['id', 'slot_id', 'places', 'from_leg', 'to_leg'])
  return row
    ? {
        id: row.id,
        slotId: row.slot_id,
        places: row.places,
        fromLeg: row.from_leg,
        toLeg: row.to_leg,
      }
    : null
}
