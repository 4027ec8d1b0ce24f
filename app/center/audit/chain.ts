import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import { createSealer, openSealer, type Sealer } from '#app/core/sealing'

const PURPOSE = 'event_chain'

/** An event as it is sealed. */
export interface SealedEvent {
  sequence: number
  /** everything that stands in its row, in one fixed form */
  text: string
  /** Tokyo date on which it happened */
  day: string
}

/** The event's row as text: the same whatever the session's settings are. */
export const EVENT_TEXT = `json_build_array(e.sequence, e.transaction::text, e.verb, e.subject_type, e.subject_id,
  e.client_id, e.submission_id, e.actor_id, e.detail, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))::text`

export const EVENT_DAY = `to_char(e.at at time zone 'Asia/Tokyo', 'YYYY-MM-DD')`

/** The link of an event: a keyed hash of it and of the link before it (hex). Who has the database alone can't make one. */
export function linkOf(chain: Sealer, before: string, event: SealedEvent): string {
  return chain.hmac(`${before}\n${event.text}`)
}

/** Finds what the first link of a day hangs on: the last day before it, or nothing. */
export async function startOfDay(client: Queries, centerId: string, day: string): Promise<string> {
  const before: { hash: string } | null = await client
    .from('event_days')
    .where('center_id', centerId)
    .where('day', '<', day)
    .orderBy('day', 'desc')
    .select(db.raw(`encode(hash, 'hex') as hash`))
    .first()
  return before?.hash ?? ''
}

/** The key of the chain; made when the first event is sealed. */
export async function chainKey(client: Queries): Promise<Sealer> {
  const known: { id: string } | null = await client
    .from('data_keys')
    .where('purpose', PURPOSE)
    .select('id')
    .first()
  return known ? openSealer(known.id, client) : createSealer(client, PURPOSE)
}
