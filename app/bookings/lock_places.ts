import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * Locks slots and the shares of their days, always in the same order: who gives one place back to take another can't
 * block somebody who does it the other way round.
 */
export async function lockPlaces(trx: TransactionClientContract, slotIds: string[]): Promise<void> {
  await trx.from('slots').whereIn('id', slotIds).orderBy('id').forUpdate().select('id')
  await trx.rawQuery(
    `select 1 from quotas q where (q.calendar_id, q.day) in (
       select s.calendar_id, s.starts_at::date from slots s where s.id = any(?))
     order by q.calendar_id, q.day, q.door for update`,
    [slotIds]
  )
}
