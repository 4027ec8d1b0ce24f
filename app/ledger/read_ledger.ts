import type { Field } from '#app/catalog/description'
import type { LedgerRules } from '#app/catalog/service_handover'
import { normalize } from '#app/catalog/kinds'
import type ServiceVersion from '#app/catalog/service_version'
import type { LedgerValues } from '#app/ledger/ledger_row'
import { decodeText, plainHeading, tableOf } from '#app/shared/csv_table'

/** More rows than any one city has. */
const MOST_ROWS = 500_000

/** A row that isn't taken: where it stands (as a spreadsheet counts) and in which column. */
export interface FaultyRow {
  row: number
  column: string
}

export type ReadLedger =
  | { ok: true; rows: LedgerValues[]; faulty: FaultyRow[] }
  | {
      ok: false
      reason: 'empty' | 'not_csv' | 'too_many_rows' | 'columns_missing'
      columns?: string
    }

/** Reads a client's ledger: CSV with headings, UTF-8 or CP932; cells are brought into the form of their fields. */
export function readLedger(
  content: Buffer,
  version: ServiceVersion,
  rules: LedgerRules
): ReadLedger {
  const { text } = decodeText(content)
  const table = tableOf(text)
  if (!table) return { ok: false, reason: 'not_csv' }
  if (table.length < 2) return { ok: false, reason: 'empty' }
  if (table.length > MOST_ROWS) return { ok: false, reason: 'too_many_rows' }
  const [headings, ...lines] = table
  const plain = headings.map(plainHeading)
  const columns = rules.columns.map(({ field, heading }) => ({
    key: field,
    heading,
    at: plain.indexOf(plainHeading(heading)),
  }))
  const missing = columns.filter((column) => column.at < 0)
  if (missing.length > 0)
    return {
      ok: false,
      reason: 'columns_missing',
      columns: missing.map((column) => column.heading).join('、'),
    }
  const rows: LedgerValues[] = []
  const faulty: FaultyRow[] = []
  const seen = new Set<string>()
  for (const [index, line] of lines.entries()) {
    const cells = columns.map(({ key, heading, at }) => ({
      key,
      heading,
      ...cellOf(version.field(key), line[at] ?? ''),
    }))
    const values = Object.fromEntries(cells.map(({ key, value }) => [key, value]))
    const number = values[rules.number]
    const wrong =
      cells.find((cell) => cell.problem) ??
      (number === '' || seen.has(number)
        ? cells.find((cell) => cell.key === rules.number)
        : undefined)
    if (wrong) faulty.push({ row: index + 2, column: wrong.heading })
    else rows.push(values)
    seen.add(number)
  }
  return { ok: true, rows, faulty }
}

/** A cell as its field keeps it; western dates are understood where the form has eras. */
function cellOf(field: Field, text: string): { value: string; problem?: string } {
  const western = /^(\d{4})[/.-]?(\d{1,2})[/.-]?(\d{1,2})$/.exec(text.trim())
  const date =
    field.kind === 'era_date' && western
      ? `${western[1]}-${western[2].padStart(2, '0')}-${western[3].padStart(2, '0')}`
      : text
  return normalize({ ...field, required: false }, date)
}
