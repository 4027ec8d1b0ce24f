import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Service from '#app/catalog/service'
import {
  ledgerFingerprint,
  ledgerSealContext,
  ledgerToken,
  type LedgerValues,
} from '#app/registry/ledger/ledger_row'
import type LedgerRow from '#app/registry/ledger/ledger_row'
import { newId } from '#app/core/ids'
import { createSealers, openSealers } from '#app/core/sealing'

/** Adds rows with keys of their own. */
export async function addRows(
  trx: TransactionClientContract,
  service: Service,
  numberField: string,
  rows: LedgerValues[]
): Promise<void> {
  if (rows.length === 0) return
  const sealers = await createSealers(trx, 'ledger_row', rows.length)
  await trx.table('ledger_rows').multiInsert(
    rows.map((values, index) => {
      const id = newId()
      return {
        id,
        client_id: service.clientId,
        service_id: service.id,
        number_token: ledgerToken(values[numberField]),
        data_key_id: sealers[index].dataKeyId,
        values: sealers[index].sealJson(ledgerSealContext(id), values),
        fingerprint: ledgerFingerprint(values),
      }
    })
  )
}

/** Writes other values into known rows. */
export async function replaceRows(
  trx: TransactionClientContract,
  changed: { row: LedgerRow; values: LedgerValues }[]
): Promise<void> {
  const sealers = await openSealers(
    changed.map(({ row }) => row.dataKeyId),
    trx
  )
  for (const { row, values } of changed) {
    const sealer = sealers.get(row.dataKeyId)!
    await trx
      .from('ledger_rows')
      .where('id', row.id)
      .update({
        values: sealer.sealJson(ledgerSealContext(row.id), values),
        fingerprint: ledgerFingerprint(values),
        updated_at: trx.raw('now()'),
      })
  }
}
