import { RegisterImportSchema } from '#database/schema'
import type { TableRefusal } from '#app/shared/tables/read_table'

/** A file of the register, and what taking it would change. */
export default class RegisterImport extends RegisterImportSchema {
  declare mode: 'full' | 'changes'
  declare state: 'received' | 'compared' | 'taking' | 'taken' | 'refused' | 'dropped'
  declare reason: TableRefusal | null
  declare detail: {
    columns?: string
    row?: number
    counts?: Record<string, number>
    applied?: boolean
    /** how many files had been taken when it was compared */
    base?: number
    /** changes by which nothing is stopped any more */
    lifted?: string[]
  }
}

/** What the values of a changed row are bound to. */
export const changePlace = (id: string) => `register_changes.values:${id}`
