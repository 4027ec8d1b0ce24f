import { RegisterImportSchema } from '#database/schema'

/** Why a file can't be taken at all. */
export type ImportRefusal =
  'empty' | 'not_csv' | 'columns_missing' | 'columns_shifted' | 'too_many_rows'

/** A file of the register, and what taking it would change. */
export default class RegisterImport extends RegisterImportSchema {
  declare mode: 'full' | 'changes'
  declare state: 'received' | 'compared' | 'taking' | 'taken' | 'refused' | 'dropped'
  declare reason: ImportRefusal | null
  declare detail: {
    columns?: string
    row?: number
    counts?: Record<string, number>
    applied?: boolean
  }
}

/** What the values of a changed row are bound to. */
export const changePlace = (id: string) => `register_changes.values:${id}`
