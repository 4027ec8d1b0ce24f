import db from '@adonisjs/lucid/services/db'
import { rideNumberTokens } from '#app/bookings/ride_number'
import type { DescribedBooking } from '#app/bookings/describe_booking'
import type { AskedFor } from '#app/submissions/asked_for'

/** Whether somebody else rides on the same day under the same booking number (the last four digits of a phone). */
export async function sameNumberOnDay(
  asked: AskedFor,
  booking: DescribedBooking
): Promise<boolean> {
  const { version, submission, value } = asked
  const phone = value(version.description.person.phone)
  const other = await db
    .from('bookings')
    .join('slots', 'slots.id', 'bookings.slot_id')
    .where('bookings.service_id', version.serviceId)
    .whereIn('bookings.number_token', rideNumberTokens(phone))
    .whereNot('bookings.state', 'canceled')
    .whereNot('bookings.person', submission.person ?? '')
    .whereRaw('slots.starts_at::date = ?', [booking.startsAt.slice(0, 10)])
    .first()
  return other !== null
}
