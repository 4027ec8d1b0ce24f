import { LedgerImportSchema } from '#database/schema'
import type { RowReason, TableRefusal } from '#app/core/tables/table'

/** A file of a ledger: what has been taken of it, and what couldn't be. */
export default class LedgerImport extends LedgerImportSchema {
  declare state: 'received' | 'taken' | 'refused' | 'dropped'
  declare reason: TableRefusal | 'given_up' | null
  declare detail: {
    columns?: string
    row?: number
    /** rows that weren't taken, the first of them; columns and messages, no values */
    faults?: { row: number; reasons: RowReason[] }[]
  }
}

/** What the name of a ledger file is bound to. */
export const ledgerNameSealContext = (id: string) => `ledger_imports.name:${id}`
