import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * Locks submissions in order of id. Every transaction that needs several records does this first, so that no two wait
 * for each other.
 */
export async function lockSubmissions(
  trx: TransactionClientContract,
  ids: readonly string[]
): Promise<void> {
  await trx
    .from('submissions')
    .whereIn('id', [...new Set(ids)])
    .orderBy('id')
    .forUpdate()
    .select('id')
}
