import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { newestVersion } from '#app/catalog/frozen_version'
import { acceptanceOf } from '#app/catalog/acceptance_rules'
import Service from '#app/catalog/service'
import LedgerImport from '#app/registry/ledger/ledger_import'
import LedgerRow, {
  ledgerFingerprints,
  ledgerTokens,
  type LedgerValues,
} from '#app/registry/ledger/ledger_row'
import { addRows, replaceRows } from '#app/registry/ledger/write_ledger'
import { openLedger } from '#app/registry/ledger/open_ledger'
import { ledgerListeners } from '#app/registry/ledger/ledger_listener'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import { today } from '#app/core/clock'
import { inBatches } from '#app/core/in_batches'
import { addDays } from '#app/core/japanese_calendar'
import { readSealedFile, removeFile } from '#app/core/sealed_files'
import { destroyKeysOn, openSealer } from '#app/core/sealing'
import type { TableRow } from '#app/core/tables/table'
import { NumberSetting } from '#app/core/number_setting'
import { transition } from '#app/core/transition'

const BATCH = 500
/** Rows that couldn't be taken and are named. */
const MAX_FAULTS = 200
/** So long the name of a file is known (days); its rows are in the ledger. */
export const ledgerNameDays = new NumberSetting({
  name: 'ledger.name_days',
  section: 'kept',
  unit: 'days',
  fallback: 14,
  min: 1,
  max: 365,
})

/**
 * Takes the rows of a received file into its client's ledger, a part at a time: new numbers are added, changed rows
 * replaced; others stay. Where a worker died in the middle, the next goes on. What waits is compared once more then.
 */
export async function takeLedger(importId: string): Promise<void> {
  await withClaim('ledger_import', importId, 'received', async (attempt) => {
    const found = await LedgerImport.findOrFail(importId)
    if (attempt > MAX_ATTEMPTS) {
      if (found.rowsDone > 0) await notifyListeners(found.serviceId)
      return end(found, 'refused', { reason: 'given_up' })
    }
    const service = await Service.findOrFail(found.serviceId)
    const { groups, handover } = (await newestVersion(service.id)).description
    const rules = acceptanceOf(handover)?.ledger
    if (!rules) return end(found, 'dropped')
    const sealer = await openSealer(found.dataKeyId)
    const table = await openLedger(await readSealedFile(sealer, found.file!), groups, rules)
    if (!table.ok) {
      const { reason, columns, row } = table
      return end(found, 'refused', { reason, detail: { columns, row } })
    }
    await found.merge({ encoding: table.encoding, rowsTotal: table.count }).save()
    let passed = 0
    for await (const rows of inBatches(table.rows(), BATCH)) {
      passed += rows.length
      // Taken before a worker died.
      if (passed <= found.rowsDone) continue
      const part = { importId, from: passed - rows.length, rows }
      if (!(await takeRows(service, rules.number, part))) return
    }
    await notifyListeners(service.id)
    await end(found, 'taken')
  })
}

async function notifyListeners(serviceId: string): Promise<void> {
  for (const listener of ledgerListeners.all()) await listener.taken(serviceId)
}

/** Takes some rows; false when nobody wants them any more, or another worker has taken them. */
async function takeRows(
  service: Service,
  numberField: string,
  { importId, from, rows }: { importId: string; from: number; rows: TableRow[] }
): Promise<boolean> {
  return transition(async (t) => {
    // Two files of one service, and the emptying of its ledger, are done one after the other.
    await t.trx.from('services').where('id', service.id).forUpdate().select('id')
    const open = await LedgerImport.query({ client: t.trx })
      .where({ id: importId, state: 'received' })
      .forUpdate()
      .first()
    if (open?.rowsDone !== from) return false
    const sound = rows.filter((row) => row.reasons.length === 0).map((row) => row.values)
    const { fresh, changed } = await compared(t.trx, service, numberField, sound)
    await addRows(t.trx, service, numberField, fresh)
    await replaceRows(t.trx, changed)
    const faulty = rows.filter((row) => row.reasons.length > 0)
    const faults = [
      ...(open.detail.faults ?? []),
      ...faulty.map(({ row, reasons }) => ({ row, reasons })),
    ]
    await open
      .merge({
        rowsDone: open.rowsDone + rows.length,
        // A part that went well is no attempt that failed.
        attempts: 0,
        added: open.added + fresh.length,
        changed: open.changed + changed.length,
        same: open.same + sound.length - fresh.length - changed.length,
        faulty: open.faulty + faulty.length,
        detail: { faults: faults.slice(0, MAX_FAULTS) },
      })
      .save()
    t.announce(`ledger-imports/${importId}`)
    return true
  })
}

/** Finds what is new of these rows, and what another row has to be replaced by. */
async function compared(
  trx: TransactionClientContract,
  service: Service,
  numberField: string,
  rows: LedgerValues[]
) {
  const known = await LedgerRow.query({ client: trx })
    .where('serviceId', service.id)
    .whereIn(
      'numberToken',
      rows.flatMap((values) => ledgerTokens(values[numberField]))
    )
  const byToken = new Map(known.map((row) => [row.numberToken, row]))
  const fresh: LedgerValues[] = []
  const changed: { row: LedgerRow; values: LedgerValues }[] = []
  for (const values of rows) {
    const row = ledgerTokens(values[numberField]).flatMap((token) => byToken.get(token) ?? [])[0]
    if (!row) fresh.push(values)
    else if (!ledgerFingerprints(values).includes(row.fingerprint)) changed.push({ row, values })
  }
  return { fresh, changed }
}

async function end(
  found: LedgerImport,
  to: 'taken' | 'refused' | 'dropped',
  why?: Partial<Pick<LedgerImport, 'reason' | 'detail'>>
): Promise<void> {
  const ended = await transition(async (t) => {
    const open = await LedgerImport.query({ client: t.trx })
      .where({ id: found.id, state: 'received' })
      .forUpdate()
      .first()
    if (!open) return null
    await open.end(t, to, why)
    await destroyKeysOn(
      t.trx,
      [found.dataKeyId],
      addDays(today(), await ledgerNameDays.value(t.trx))
    )
    t.announce(`ledger-imports/${found.id}`)
    return open
  })
  if (ended && found.file) await removeFile(found.file)
}
