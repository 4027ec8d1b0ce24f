import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import type { Text } from '#app/catalog/description'

export interface DescribedBooking {
  id: string
  slotId: string
  calendarId: string
  submissionId: string
  state: 'held' | 'booked' | 'canceled'
  door: string
  dose: string
  places: number
  place: Text
  /** YYYY-MM-DDTHH:MM, Tokyo; rides: where the riders get on, and off */
  startsAt: string
  endsAt: string | null
  /** seconds that a hold still lasts */
  heldFor: number | null
}

const SELECT = `
  select b.id, b.slot_id as "slotId", s.calendar_id as "calendarId", b.submission_id as "submissionId", b.state, b.door, b.dose, b.places, c.name as place,
    to_char(s.starts_at + make_interval(mins => coalesce(b.from_leg, 0) * coalesce((c.rules->>'minutesBetweenStops')::int, 0)), 'YYYY-MM-DD"T"HH24:MI') as "startsAt",
    to_char(s.starts_at + make_interval(mins => b.to_leg * coalesce((c.rules->>'minutesBetweenStops')::int, 0)), 'YYYY-MM-DD"T"HH24:MI') as "endsAt",
    greatest(extract(epoch from b.held_until - now())::int, 0) as "heldFor"
  from bookings b join slots s on s.id = b.slot_id join calendars c on c.id = s.calendar_id`

/** A booking as people speak of it. @throws when there is none */
export async function describeBooking(id: string, client: Queries = db): Promise<DescribedBooking> {
  const { rows } = await client.rawQuery<{ rows: DescribedBooking[] }>(`${SELECT} where b.id = ?`, [
    id,
  ])
  if (!rows[0]) throw new Error(`There is no booking ${id}`)
  return rows[0]
}

/** Returns the id of a booking's submission. @throws E_ROW_NOT_FOUND */
export async function submissionOfBooking(id: string): Promise<string> {
  const row: { submission_id: string } = await db
    .from('bookings')
    .where('id', id)
    .select('submission_id')
    .firstOrFail()
  return row.submission_id
}

/** The booking that has come in the place of a canceled one. */
export function successorOf(id: string): Promise<{ id: string } | null> {
  return db
    .from('bookings')
    .where('replaces_id', id)
    .whereNot('state', 'canceled')
    .select('id')
    .first()
}

/** The active bookings of some submissions, the earliest first. */
export async function bookingsOf(
  submissionIds: string[],
  client: Queries = db
): Promise<DescribedBooking[]> {
  const { rows } = await client.rawQuery<{ rows: DescribedBooking[] }>(
    `${SELECT} where b.submission_id = any(?) and b.state <> 'canceled' order by s.starts_at`,
    [submissionIds]
  )
  return rows
}
