import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/shared/queries'
import { wallTime } from '#app/shared/clock'

export interface FreeSlot {
  id: string
  /** YYYY-MM-DDTHH:MM, Tokyo */
  startsAt: string
  free: number
}

/** The free slots nearest to the wished times (YYYY-MM-DDTHH:MM), or the soonest where nothing is wished; in order of time. */
export async function nearestFreeSlots(
  calendarId: string,
  wishes: string[],
  count: number,
  client: Queries = db
): Promise<FreeSlot[]> {
  const { rows }: { rows: { id: string; starts_at: string; free: number }[] } =
    await client.rawQuery(
      `select id, to_char(starts_at, 'YYYY-MM-DD"T"HH24:MI') as starts_at, capacity - taken as free
     from slots
     where calendar_id = :calendar and closed_at is null and taken < capacity and starts_at > cast(:now as timestamp)
     order by (select min(abs(extract(epoch from starts_at - w))) from unnest(cast(:wishes as timestamp[])) w) nulls first, starts_at
     limit :count`,
      { calendar: calendarId, now: wallTime(), wishes, count }
    )
  return rows
    .map((row) => ({ id: row.id, startsAt: row.starts_at, free: row.free }))
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt))
}
