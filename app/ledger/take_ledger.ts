import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Service from '#app/catalog/service'
import type User from '#app/identity/user'
import LedgerRow, {
  ledgerFingerprint,
  ledgerFingerprints,
  ledgerPlace,
  ledgerToken,
  ledgerTokens,
  type LedgerValues,
} from '#app/ledger/ledger_row'
import { rematchWaiting } from '#app/ledger/rematch'
import { newId } from '#app/shared/ids'
import { createSealers, openSealers } from '#app/shared/sealing'
import { transition } from '#app/shared/transition'

const BATCH = 500

export interface TakenLedger {
  added: number
  changed: number
  same: number
}

/** Takes rows into a client's ledger: new numbers are added, changed rows replaced; others stay. */
export async function takeLedger(
  user: User,
  service: Service,
  numberField: string,
  rows: LedgerValues[]
): Promise<TakenLedger> {
  const taken = { added: 0, changed: 0, same: 0 }
  await transition(async (t) => {
    // Two files of one service are taken one after the other.
    await t.trx.from('services').where('id', service.id).forUpdate().select('id')
    for (let from = 0; from < rows.length; from += BATCH) {
      const batch = rows.slice(from, from + BATCH)
      const known = await LedgerRow.query({ client: t.trx })
        .where('serviceId', service.id)
        .whereIn(
          'numberToken',
          batch.flatMap((values) => ledgerTokens(values[numberField]))
        )
      const byToken = new Map(known.map((row) => [row.numberToken, row]))
      const fresh: LedgerValues[] = []
      const changed: { row: LedgerRow; values: LedgerValues }[] = []
      for (const values of batch) {
        const row = ledgerTokens(values[numberField]).flatMap(
          (token) => byToken.get(token) ?? []
        )[0]
        if (!row) fresh.push(values)
        else if (!ledgerFingerprints(values).includes(row.fingerprint))
          changed.push({ row, values })
      }
      await add(t.trx, service, numberField, fresh)
      await replace(t.trx, changed)
      taken.added += fresh.length
      taken.changed += changed.length
      taken.same += batch.length - fresh.length - changed.length
    }
    t.record({
      verb: 'ledger.taken',
      subject: { type: 'service', id: service.id },
      clientId: service.clientId,
      actorId: user.id,
      detail: { ...taken },
    })
  })
  await rematchWaiting(service.id)
  return taken
}

async function add(
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
        values: sealers[index].sealJson(ledgerPlace(id), values),
        fingerprint: ledgerFingerprint(values),
      }
    })
  )
}

async function replace(
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
        values: sealer.sealJson(ledgerPlace(row.id), values),
        fingerprint: ledgerFingerprint(values),
        updated_at: trx.raw('now()'),
      })
  }
}
