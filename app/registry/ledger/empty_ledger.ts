import type Service from '#app/catalog/service'
import type User from '#app/people/user'
import LedgerImport from '#app/registry/ledger/ledger_import'
import { removeFile } from '#app/core/sealed_files'
import { destroyDataKeys } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/** Removes all rows of a service's ledger and destroys their keys: the year is over. */
export async function emptyLedger(user: User, service: Service): Promise<number> {
  const { files, count } = await transition(async (t) => {
    await t.trx.from('services').where('id', service.id).forUpdate().select('id')
    // A file that is being taken would fill it again.
    const dropped: { id: string; data_key_id: string; file: string | null }[] = await t.trx
      .from('ledger_imports')
      .where({ service_id: service.id, state: 'received' })
      .select('id', 'data_key_id', 'file')
    await LedgerImport.drop(
      t,
      dropped.map((one) => one.id),
      user.id
    )
    for (const { id } of dropped) t.announce(`ledger-imports/${id}`)
    const rows: { data_key_id: string }[] = await t.trx
      .from('ledger_rows')
      .where('service_id', service.id)
      .delete()
      .returning('data_key_id')
    await destroyDataKeys(
      t.trx,
      [...rows, ...dropped].map((row) => row.data_key_id)
    )
    t.record({
      verb: 'ledger.emptied',
      subject: { type: 'service', id: service.id },
      clientId: service.clientId,
      actorId: user.id,
      detail: { rows: rows.length },
    })
    return { files: dropped.flatMap((one) => one.file ?? []), count: rows.length }
  })
  for (const file of files) await removeFile(file)
  return count
}
