import db from '@adonisjs/lucid/services/db'

/** Lists destroyed keys that no journal outside of the database knows yet, the oldest first. */
export function unjournaledKeys(limit: number): Promise<{ id: string; at: Date }[]> {
  return db
    .from('data_keys')
    .whereNotNull('destroyed_at')
    .whereNull('journaled_at')
    .orderBy('destroyed_at')
    .limit(limit)
    .select('id', 'destroyed_at as at')
}

/** Notes that a journal has them. */
export async function markJournaled(ids: string[]): Promise<void> {
  await db
    .from('data_keys')
    .whereIn('id', ids)
    .update({ journaled_at: db.raw('now()') })
}
