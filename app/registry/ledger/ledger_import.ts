import { LedgerImportSchema } from '#database/schema'
import { changeState, moveRow, type StateRules } from '#app/core/change_state'
import type { RowReason, TableRefusal } from '#app/core/tables/table'
import type { Transition } from '#app/core/transition'

type LedgerImportState = 'received' | 'taken' | 'refused' | 'dropped'

const RULES: StateRules<LedgerImportState> = {
  table: 'ledger_imports',
  subject: 'ledger_import',
  from: { received: [], taken: ['received'], refused: ['received'], dropped: ['received'] },
}

/** A file of a ledger: what has been taken of it, and what couldn't be. Its state changes by its methods alone, each with its event. */
export default class LedgerImport extends LedgerImportSchema {
  declare state: LedgerImportState
  declare reason: TableRefusal | 'given_up' | null
  declare detail: {
    columns?: string
    row?: number
    /** rows that weren't taken, the first of them; columns and messages, no values */
    faults?: { row: number; reasons: RowReason[] }[]
  }

  /** Nothing more of it is taken: all is, it can't be, or nobody wants it. Its file goes. */
  async end(
    t: Transition,
    to: 'taken' | 'refused' | 'dropped',
    { reason = null, detail }: Partial<Pick<LedgerImport, 'reason' | 'detail'>> = {}
  ): Promise<void> {
    this.reason = reason
    this.detail = { ...this.detail, ...detail }
    this.file = null
    const { added, changed, same, faulty } = this
    await moveRow(t, RULES, this, to, {
      verb: `ledger.${to}`,
      actorId: this.uploadedBy,
      detail: { added, changed, same, faulty },
    })
  }

  /** The ledger that they would go into is emptied. */
  static async drop(t: Transition, ids: string[], actorId: string): Promise<void> {
    await changeState(t, RULES, ids, 'dropped', { verb: 'ledger.dropped', actorId })
  }
}

/** Names what the name of a ledger file is bound to. */
export const ledgerNameSealContext = (id: string) => `ledger_imports.name:${id}`
