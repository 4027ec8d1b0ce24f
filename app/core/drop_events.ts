import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * Removes events for good; only the database's owner may.
 * @param sequences a query for the numbers of those that go
 */
export async function dropEvents(
  trx: TransactionClientContract,
  sequences: ReturnType<TransactionClientContract['from']>
): Promise<void> {
  await trx.from('events').whereIn('sequence', sequences).delete()
}
