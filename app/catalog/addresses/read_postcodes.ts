import { readCell } from '#app/catalog/field_values'
import { fieldOf } from '#app/catalog/field_values'
import { readTable, type ReadTable } from '#app/core/tables/open_table'
import type { TableColumn } from '#app/core/tables/table'

/** More than Japan has. */
const MAX_ROWS = 300_000

const asItIs = (cell: string) => ({ value: cell })

/** The columns of Japan Post's files, in their order (郵便番号データの説明); what follows them isn't needed. */
const COLUMNS: TableColumn[] = [
  { key: 'municipality', headings: ['全国地方公共団体コード'], required: false, read: asItIs },
  { key: 'old', headings: ['旧郵便番号'], required: false, read: asItIs },
  {
    key: 'postcode',
    headings: ['郵便番号'],
    required: true,
    read: (cell) => readCell(fieldOf('postcode'), cell),
  },
  { key: 'prefectureKana', headings: ['都道府県名カナ'], required: false, read: asItIs },
  { key: 'cityKana', headings: ['市区町村名カナ'], required: false, read: asItIs },
  { key: 'townKana', headings: ['町域名カナ'], required: false, read: asItIs },
  { key: 'prefecture', headings: ['都道府県名'], required: true, read: asItIs },
  { key: 'city', headings: ['市区町村名'], required: true, read: asItIs },
  { key: 'town', headings: ['町域名'], required: true, read: asItIs },
]
const KEPT = ['postcode', 'prefecture', 'city', 'town']

/**
 * Reads Japan Post's postcodes: `utf_ken_all.csv`, or the older `KEN_ALL.CSV`, which breaks long towns over several
 * lines. Each row holds postcode, prefecture, city and town.
 */
export async function readPostcodes(content: Buffer): Promise<ReadTable> {
  const table = await readTable(content, COLUMNS, { maxRows: MAX_ROWS, headless: true })
  if (!table.ok) return table
  let open = false
  const rows = table.rows.flatMap((row) => {
    // What goes on from the line before stands in parentheses, and is a remark.
    const goesOn = open && row.reasons.length === 0
    const { town } = row.values
    open = goesOn ? !town.includes('）') : town.includes('（') && !town.includes('）')
    if (goesOn) return []
    const values = Object.fromEntries(KEPT.map((key) => [key, row.values[key] ?? '']))
    return [{ ...row, values: { ...values, town: townOf(town) } }]
  })
  return { ...table, rows }
}

/** Without what stands for "the rest of the city", and without remarks in parentheses. */
function townOf(town: string): string {
  const bare = town.replace(/（.*$/, '')
  // 多賀町一円 stands for all of the town, but there is a place that is called 一円.
  return bare === '以下に掲載がない場合' || /の次に.*(場合|くる)|.[市区町村島]一円$/.test(bare)
    ? ''
    : bare
}
