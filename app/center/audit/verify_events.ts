import db from '@adonisjs/lucid/services/db'
import {
  chainKey,
  EVENT_DAY,
  EVENT_TEXT,
  linkOf,
  startOfDay,
  type SealedEvent,
} from '#app/center/audit/chain'
import { centerOf } from '#app/people/center'

const BATCH = 1000

/** `missing`: sealed, but gone; `changed`: not what was sealed; `day`: a day ends otherwise than when it was closed */
export interface Tampered {
  what: 'missing' | 'changed' | 'day'
  day: string
  /** of the event; null for a day */
  sequence: number | null
}

export interface Verified {
  /** sealed events that were looked at */
  events: number
  /** days whose events were dropped; their last links stay */
  dropped: number
  /** events that no seal holds yet, and since when (ISO); a moment is normal, hours are not */
  unsealed: number
  unsealedSince: string | null
  tampered: Tampered | null
}

interface Row extends SealedEvent {
  position: number
  hash: string
  /** null where the event is gone */
  found: number | null
  sealed_day: string
}

/** Walks the whole chain, day by day, and names the first event that isn't what was sealed. */
export async function verifyEvents(): Promise<Verified> {
  const centerId = await centerOf(db)
  const chain = await chainKey(db)
  const { unsealed, since, dropped } = await tail()
  const result: Verified = {
    events: 0,
    dropped,
    unsealed,
    unsealedSince: since,
    tampered: null,
  }
  let last = { day: '', position: 0, hash: '' }
  for (;;) {
    const { rows }: { rows: Row[] } = await db.rawQuery(
      `select s.sequence, s.position, encode(s.hash, 'hex') as hash, to_char(s.day, 'YYYY-MM-DD') as sealed_day,
         e.sequence as found, ${EVENT_TEXT} as text, ${EVENT_DAY} as day
       from event_seals s left join events e on e.sequence = s.sequence
       where s.center_id = :center and (s.day, s.position) > (cast(:day as date), :position)
       order by s.day, s.position limit ${BATCH}`,
      { center: centerId, day: last.day || '-infinity', position: last.position }
    )
    for (const row of rows) {
      const tampered = (what: Tampered['what'], sequence: number | null = row.sequence) => ({
        ...result,
        tampered: { what, day: row.sealed_day, sequence },
      })
      const isFirst = row.sealed_day !== last.day
      if (isFirst && last.day && !(await endsAs(centerId, last)))
        return { ...result, tampered: { what: 'day', day: last.day, sequence: null } }
      const before = isFirst ? await startOfDay(db, centerId, row.sealed_day) : last.hash
      if (row.found === null) return tampered('missing')
      if (row.position !== (isFirst ? 1 : last.position + 1)) return tampered('missing')
      if (linkOf(chain, before, row) !== row.hash) return tampered('changed')
      last = { day: row.sealed_day, position: row.position, hash: row.hash }
      result.events++
    }
    if (rows.length < BATCH) return result
  }
}

/** Whether a day that was closed ends with the link that it had then. */
async function endsAs(
  centerId: string,
  { day, position, hash }: { day: string; position: number; hash: string }
): Promise<boolean> {
  const closed = await db
    .from('event_days')
    .where({ center_id: centerId, day })
    .whereRaw(`encode(hash, 'hex') = ? and events = ?`, [hash, position])
    .first()
  return closed !== null
}

async function tail(): Promise<{ unsealed: number; since: string | null; dropped: number }> {
  const { rows } = await db.rawQuery(
    `select count(*)::int as unsealed, to_char(min(at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since,
       (select count(*)::int from event_days d where not exists (
         select 1 from event_seals s where s.center_id = d.center_id and s.day = d.day)) as dropped
     from events e where not exists (select 1 from event_seals s where s.sequence = e.sequence)`
  )
  return rows[0]
}
