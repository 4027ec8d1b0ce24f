import { Registry } from '#app/core/registry'

/** A room's answer to a ledger that has changed. */
export interface LedgerListener {
  /** the room */
  name: string
  /** Rows of this service's ledger were taken; may be told more than once. */
  taken(serviceId: string): Promise<void>
}

/** All that want to know of new rows in a ledger. */
export const ledgerListeners = new Registry<LedgerListener>('listener to ledgers')
