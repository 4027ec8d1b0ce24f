import type { Queries } from '#app/core/queries'

/**
 * Waits for its turn behind other transactions that ask for the lock of this name; it ends with the transaction. For what
 * has no row of its own yet that could be locked.
 */
export async function lockName(trx: Queries, name: string): Promise<void> {
  await trx.rawQuery('select pg_advisory_xact_lock(hashtext(?))', [name])
}

/** The same without waiting: false where another transaction has it. */
export async function tryLockName(trx: Queries, name: string): Promise<boolean> {
  const { rows } = await trx.rawQuery<{ rows: { mine: boolean }[] }>(
    'select pg_try_advisory_xact_lock(hashtext(?)) as mine',
    [name]
  )
  return rows[0].mine
}
