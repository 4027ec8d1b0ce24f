import { LedgerRowSchema } from '#database/schema'
import { blindIndex, blindIndexes, type Sealer } from '#app/core/sealing'

/** A ledger's entry for one thing that a client expects: normalized values by field. */
export type LedgerValues = Record<string, string>

/** A row of a client's ledger, a donation say. */
export default class LedgerRow extends LedgerRowSchema {
  /** @throws {SealBroken} */
  open(sealer: Sealer): LedgerValues {
    return sealer.openJson<LedgerValues>(ledgerSealContext(this.id), this.values)
  }
}

/** Names what a row's values are bound to. */
export const ledgerSealContext = (id: string) => `ledger_rows.values:${id}`

/** The token of a ledger's number, under the newest key. */
export function ledgerToken(number: string): string {
  return blindIndex(number, 'ledger:number')
}

/** The same under all current keys, to look up with. */
export function ledgerTokens(number: string): string[] {
  return blindIndexes(number, 'ledger:number')
}

/** Tells whether a row's values have changed, without opening them. */
export function ledgerFingerprint(values: LedgerValues): string {
  return blindIndex(JSON.stringify(values), 'ledger:fingerprint')
}

export function ledgerFingerprints(values: LedgerValues): string[] {
  return blindIndexes(JSON.stringify(values), 'ledger:fingerprint')
}
