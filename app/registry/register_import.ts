import { RegisterImportSchema } from '#database/schema'
import { changeState, moveRow, type StateChange, type StateRules } from '#app/core/change_state'
import type { TableRefusal } from '#app/core/tables/table'
import type { Transition } from '#app/core/transition'

export type RegisterImportState =
  'received' | 'compared' | 'taking' | 'taken' | 'refused' | 'dropped'

const RULES: StateRules<RegisterImportState> = {
  table: 'register_imports',
  subject: 'register_import',
  from: {
    // Another was taken since: it is compared once more.
    received: ['compared'],
    compared: ['received'],
    taking: ['compared'],
    taken: ['taking'],
    refused: ['received', 'taking'],
    dropped: ['compared'],
  },
}

/** A file of the register, and what taking it would change. Its state changes by its methods alone, each with its event. */
export default class RegisterImport extends RegisterImportSchema {
  declare mode: 'full' | 'changes'
  declare state: RegisterImportState
  declare reason: TableRefusal | 'given_up' | null
  declare detail: {
    columns?: string
    row?: number
    counts?: Record<string, number>
    /** all its changes are written */
    applied?: boolean
    /** the last change that is written */
    after?: string
    /** how many files had been taken when it was compared */
    base?: number
  }

  /** Keeps what it would change, now known. */
  async compared(t: Transition, detail: RegisterImport['detail']): Promise<void> {
    this.detail = detail
    await moveRow(t, RULES, this, 'compared', { verb: 'register.compared' })
  }

  /** It can't be taken, or stopped again and again. */
  async refuse(
    t: Transition,
    reason: RegisterImport['reason'],
    detail: RegisterImport['detail'] = this.detail
  ): Promise<void> {
    this.reason = reason
    this.detail = detail
    await moveRow(t, RULES, this, 'refused', { verb: 'register.refused' })
  }

  /** Somebody has seen what it changes, and wants it, or not; or it has to be compared once more first. */
  async decide(
    t: Transition,
    to: 'taking' | 'dropped' | 'received',
    actorId: string
  ): Promise<void> {
    this.rowsDone = 0
    this.attempts = 0
    if (to !== 'received') this.takenBy = actorId
    const verb = to === 'received' ? 'register.overtaken' : `register.${to}`
    await moveRow(t, RULES, this, to, { verb, actorId })
  }

  /** All of it is in the register; false where it isn't being taken. */
  async taken(t: Transition): Promise<boolean> {
    const change: StateChange<RegisterImportState> = {
      verb: 'register.taken',
      actorId: this.takenBy,
      detail: this.detail.counts,
    }
    return (await changeState(t, RULES, [this.id], 'taken', change)).length === 1
  }
}

/** Names what the values of a changed row are bound to. */
export const changeSealContext = (id: string) => `register_changes.values:${id}`
