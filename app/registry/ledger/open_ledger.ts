import type { EntryGroup } from '#app/catalog/description'
import type { LedgerRules } from '#app/catalog/acceptance_rules'
import { readCell } from '#app/catalog/field_values'
import { openTable, type OpenedTable } from '#app/core/tables/open_table'

/** More rows than any one city has. */
const MAX_ROWS = 500_000

/** Opens a client's ledger; cells are brought into the form of their fields. */
export function openLedger(
  content: Buffer,
  groups: EntryGroup[],
  rules: LedgerRules
): Promise<OpenedTable> {
  const fields = new Map(groups.flatMap((group) => group.fields).map((field) => [field.key, field]))
  const columns = rules.columns.map(({ field, heading }) => ({
    key: field,
    headings: [heading],
    required: true,
    blank: field !== rules.number,
    read: (cell: string) => readCell(fields.get(field)!, cell),
  }))
  return openTable(content, columns, { maxRows: MAX_ROWS, unique: rules.number })
}
