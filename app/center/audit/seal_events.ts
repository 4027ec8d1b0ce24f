import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import {
  chainKey,
  EVENT_DAY,
  EVENT_TEXT,
  linkOf,
  startOfDay,
  type SealedEvent,
} from '#app/center/audit/chain'
import { tryLockName } from '#app/core/lock'

/** Events that are sealed in one transaction. */
const BATCH = 1000
/** One sealer at a time, whatever runs. */
const SEALER_LOCK = 'event_seals'

/**
 * Chains the events that have been committed, in the order of transaction and sequence, day by day. Nobody who writes
 * events waits for it: it reads only what is older than every transaction still open.
 * @returns how many were sealed
 */
export async function sealEvents(): Promise<number> {
  let sealed = 0
  for (;;) {
    const batch = await db.transaction((trx) => sealBatch(trx, 'committed'))
    sealed += batch
    if (batch < BATCH) return sealed
  }
}

/**
 * Seals what a back-up held unsealed, when it is brought back: nobody else writes yet, and its transactions are numbered
 * as the other server counted.
 */
export async function sealRestored(): Promise<void> {
  while ((await db.transaction((trx) => sealBatch(trx, 'all'))) === BATCH);
}

interface Link {
  day: string
  position: number
  hash: string
  sequence: number
  transaction: string
}

async function sealBatch(
  trx: TransactionClientContract,
  which: 'committed' | 'all'
): Promise<number> {
  if (!(await tryLockName(trx, SEALER_LOCK))) return 0
  // Before an installation is begun there is nothing to seal, and nobody whose it were.
  const center: { id: string } | null = await trx
    .from('organizations')
    .where('kind', 'center')
    .select('id')
    .first()
  if (!center) return 0
  const centerId = center.id
  let last = await lastLink(trx, centerId)
  const restored = await lastRestored(trx)
  // Transactions of another server come before all of this one's, whatever their numbers.
  const after = last && last.sequence > restored ? last : null
  const { rows: events }: { rows: (SealedEvent & { transaction: string })[] } = await trx.rawQuery(
    `select e.sequence, e.transaction::text as transaction, ${EVENT_TEXT} as text, ${EVENT_DAY} as day from events e
     where (e.transaction, e.sequence) > (cast(:transaction as xid8), :sequence) and e.sequence > :restored
       and (:all or e.transaction < pg_snapshot_xmin(pg_current_snapshot()))
     order by e.transaction, e.sequence limit ${BATCH}`,
    {
      transaction: after?.transaction ?? '0',
      sequence: after?.sequence ?? 0,
      restored,
      all: which === 'all',
    }
  )
  if (events.length === 0) return 0
  const chain = await chainKey(trx)
  const seals = []
  for (const event of events) {
    // A transaction that began before midnight may come after one that began behind it.
    const day = last && event.day < last.day ? last.day : event.day
    if (last && day > last.day) {
      if (seals.length > 0) await trx.table('event_seals').multiInsert(seals.splice(0))
      await closeDay(trx, centerId, last)
    }
    const isFirst: boolean = last?.day !== day
    const before: string = isFirst ? await startOfDay(trx, centerId, day) : last!.hash
    const hash = linkOf(chain, before, event)
    const { sequence, transaction } = event
    last = { day, position: isFirst ? 1 : last!.position + 1, hash, sequence, transaction }
    seals.push({
      sequence,
      transaction,
      center_id: centerId,
      day,
      position: last.position,
      hash: Buffer.from(hash, 'hex'),
    })
  }
  await trx.table('event_seals').multiInsert(seals)
  return events.length
}

/** The last event that came with a back-up; 0 where none was brought back. */
async function lastRestored(trx: TransactionClientContract): Promise<number> {
  const newest: { until: number } | null = await trx
    .from('standstills')
    .orderBy('restored_at', 'desc')
    .select('events_until as until')
    .first()
  return newest?.until ?? 0
}

/** The end of the day that is open; null where nothing is sealed. */
async function lastLink(trx: TransactionClientContract, centerId: string): Promise<Link | null> {
  return trx
    .from('event_seals')
    .where('center_id', centerId)
    .orderBy('day', 'desc')
    .orderBy('position', 'desc')
    .select(
      db.raw(`to_char(day, 'YYYY-MM-DD') as day`),
      'position',
      'sequence',
      db.raw('transaction::text as transaction'),
      db.raw(`encode(hash, 'hex') as hash`)
    )
    .first()
}

async function closeDay(
  trx: TransactionClientContract,
  centerId: string,
  { day, position, hash }: Link
): Promise<void> {
  await trx.table('event_days').insert({
    center_id: centerId,
    day,
    events: position,
    hash: Buffer.from(hash, 'hex'),
  })
}
