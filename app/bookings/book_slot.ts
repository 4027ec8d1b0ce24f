import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { newId } from '#app/shared/ids'

export interface BookingRequest {
  slotId: string
  serviceId: string
  clientId: string
  submissionId: string
  handoverId: string
  party: string
  person: string
  dose: string
}

export type Booked = { ok: true; bookingId: string } | { ok: false; reason: 'full' }

/** The active booking of a person (tokens under all current keys) for a service and dose, if there is one. */
export function activeBooking(
  trx: TransactionClientContract,
  persons: string[],
  serviceId: string,
  dose: string
) {
  return trx
    .from('bookings')
    .join('slots', 'slots.id', 'bookings.slot_id')
    .where({ 'bookings.service_id': serviceId, 'bookings.dose': dose })
    .whereIn('bookings.person', persons)
    .whereNot('bookings.state', 'canceled')
    .select(
      'bookings.id',
      'bookings.handover_id',
      'bookings.submission_id',
      'slots.starts_at',
      'slots.calendar_id'
    )
    .first()
}

/**
 * Takes one place of a slot. The slot's row decides: its capacity can't be exceeded, whoever comes at
 * the same moment.
 */
export async function bookSlot(
  trx: TransactionClientContract,
  request: BookingRequest
): Promise<Booked> {
  const taken = await trx
    .from('slots')
    .where('id', request.slotId)
    .whereNull('closed_at')
    .whereRaw('taken < capacity')
    .update({ taken: trx.raw('taken + 1') })
  if (Number(taken) !== 1) return { ok: false, reason: 'full' }
  const id = newId()
  await trx.table('bookings').insert({
    id,
    slot_id: request.slotId,
    service_id: request.serviceId,
    client_id: request.clientId,
    submission_id: request.submissionId,
    handover_id: request.handoverId,
    party: request.party,
    person: request.person,
    dose: request.dose,
  })
  return { ok: true, bookingId: id }
}
