import type { EntryGroup } from '#app/catalog/description'
import type { LedgerRules } from '#app/catalog/service_handover'
import { readCell } from '#app/catalog/read_cell'
import { readTable, type ReadTable } from '#app/shared/tables/read_table'

/** More rows than any one city has. */
const MOST_ROWS = 500_000

/** Reads a client's ledger; cells are brought into the form of their fields. */
export function readLedger(content: Buffer, groups: EntryGroup[], rules: LedgerRules): ReadTable {
  const fields = new Map(groups.flatMap((group) => group.fields).map((field) => [field.key, field]))
  const columns = rules.columns.map(({ field, heading }) => ({
    key: field,
    headings: [heading],
    required: true,
    blank: field !== rules.number,
    read: (cell: string) => readCell(fields.get(field)!, cell),
  }))
  return readTable(content, columns, { mostRows: MOST_ROWS, unique: rules.number })
}
