/** The purpose of one column of a table. */
export interface TableColumn {
  key: string
  /** the heading that is written, and others that are understood */
  headings: string[]
  /** whether its heading must be there */
  required: boolean
  /** whether its cells may be empty all the same */
  blank?: boolean
  /** brings a cell into the form in which it is kept */
  read(cell: string): { value: string; problem?: string }
}

/** A reason not to take a row: the heading of its column (a number where it has none), and the key of a message. */
export interface RowReason {
  column: string
  problem: string
}

export interface TableRow {
  /** as a spreadsheet counts: the first line of the file is 1, blank lines count */
  row: number
  /** by the keys of the columns; as it was written where it is doubtful */
  values: Record<string, string>
  reasons: RowReason[]
  /** all that stands in it, in the order of the file */
  cells: string[]
}

/** A reason to take nothing of a file. */
export type TableRefusal =
  | 'empty'
  | 'spreadsheet'
  | 'encoding'
  | 'not_csv'
  | 'columns_missing'
  | 'heading_twice'
  | 'columns_shifted'
  | 'too_many_rows'

export interface RefusedTable {
  ok: false
  reason: TableRefusal
  columns?: string
  row?: number
  /** as they stand in the file, where it is for these */
  headings?: string[]
}

/** The place of a column in the file. */
export interface PlacedColumn {
  column: TableColumn
  index: number
}

/** Whether something must stand where nothing does. */
export function isLacking(column: TableColumn, value: string): boolean {
  return column.required && !column.blank && value === ''
}
