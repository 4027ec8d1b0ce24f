import { RegisterImportSchema } from '#database/schema'
import type { TableRefusal } from '#app/core/tables/table'

/** A file of the register, and what taking it would change. */
export default class RegisterImport extends RegisterImportSchema {
  declare mode: 'full' | 'changes'
  declare state: 'received' | 'compared' | 'taking' | 'taken' | 'refused' | 'dropped'
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
}

/** What the values of a changed row are bound to. */
export const changeSealContext = (id: string) => `register_changes.values:${id}`
