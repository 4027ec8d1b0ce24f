import db from '@adonisjs/lucid/services/db'
import { acceptanceOf, type LedgerRules } from '#app/catalog/acceptance_rules'
import { newestVersion } from '#app/catalog/frozen_version'
import LedgerRow, { ledgerFingerprint, ledgerToken } from '#app/registry/ledger/ledger_row'
import { openLivingSealers } from '#app/core/sealing'

const BATCH = 500

/** Writes the tokens by which rows of ledgers are found anew, under the newest key; returns how many. */
export async function rotateLedger(): Promise<number> {
  let rotated = 0
  const rules = new Map<string, LedgerRules | undefined>()
  for (let page = 1; ; page++) {
    const rows = await LedgerRow.query().orderBy('id').forPage(page, BATCH)
    const sealers = await openLivingSealers(rows.map((row) => row.dataKeyId))
    for (const row of rows) {
      const sealer = sealers.get(row.dataKeyId)
      if (!rules.has(row.serviceId)) {
        const { description } = await newestVersion(row.serviceId)
        rules.set(row.serviceId, acceptanceOf(description.handover)?.ledger)
      }
      const ledger = rules.get(row.serviceId)
      if (!sealer || !ledger) continue
      const values = row.open(sealer)
      await db
        .from('ledger_rows')
        .where('id', row.id)
        .update({
          number_token: ledgerToken(values[ledger.number]),
          fingerprint: ledgerFingerprint(values),
        })
      rotated++
    }
    if (rows.length < BATCH) return rotated
  }
}
