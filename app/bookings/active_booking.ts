import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'

export interface ActiveBooking {
  id: string
  handoverId: string | null
  submissionId: string
  slotId: string
  calendarId: string
  dose: string
  state: 'held' | 'booked'
  /** YYYY-MM-DDTHH:MM, Tokyo */
  startsAt: string
}

/** The active bookings of a person (tokens under all current keys) for a service, the earliest first. */
export async function activeBookings(
  persons: string[],
  serviceId: string,
  client: Queries = db
): Promise<ActiveBooking[]> {
  const { rows } = await client.rawQuery<{ rows: ActiveBooking[] }>(
    `select b.id, b.handover_id as "handoverId", b.submission_id as "submissionId", b.slot_id as "slotId",
       s.calendar_id as "calendarId", b.dose, b.state, to_char(s.starts_at, 'YYYY-MM-DD"T"HH24:MI') as "startsAt"
     from bookings b join slots s on s.id = b.slot_id
     where b.person = any(:persons) and b.service_id = :service and b.state <> 'canceled'
     order by s.starts_at`,
    { persons, service: serviceId }
  )
  return rows
}
