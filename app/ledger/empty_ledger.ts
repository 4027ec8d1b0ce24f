import type Service from '#app/catalog/service'
import type User from '#app/identity/user'
import { destroyDataKeys } from '#app/shared/sealing'
import { transition } from '#app/shared/transition'

/** Removes all rows of a service's ledger and destroys their keys: the year is over. */
export async function emptyLedger(user: User, service: Service): Promise<number> {
  return transition(async (t) => {
    await t.trx.from('services').where('id', service.id).forUpdate().select('id')
    // A file that is being taken would fill it again.
    await t.trx
      .from('ledger_imports')
      .where({ service_id: service.id, state: 'received' })
      .update({ state: 'dropped' })
    const rows: { data_key_id: string }[] = await t.trx
      .from('ledger_rows')
      .where('service_id', service.id)
      .delete()
      .returning('data_key_id')
    await destroyDataKeys(
      t.trx,
      rows.map((row) => row.data_key_id)
    )
    t.record({
      verb: 'ledger.emptied',
      subject: { type: 'service', id: service.id },
      clientId: service.clientId,
      actorId: user.id,
      detail: { rows: rows.length },
    })
    return rows.length
  })
}
