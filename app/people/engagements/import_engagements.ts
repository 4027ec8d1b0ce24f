import Engagement, { ENGAGEMENT_KINDS } from '#app/people/engagements/engagement'
import { writeTerms, type Terms } from '#app/people/engagements/keep_engagement'
import type { FaultyRow, Imported } from '#app/core/tables/imported'
import User from '#app/people/user'
import { isRealDate } from '#app/core/japanese_calendar'
import { foldCell } from '#app/core/tables/fold_cell'
import { openTable } from '#app/core/tables/open_table'
import type { TableColumn, TableRow } from '#app/core/tables/table'
import { transition } from '#app/core/transition'

const MAX_ROWS = 2000

/** The columns that a file of terms has: the heading that is written, and others that are understood. */
const ENGAGEMENT_HEADINGS = {
  login: ['利用者名', 'ログイン', 'login', 'user name'],
  kind: ['契約', 'contract'],
  startsOn: ['契約のはじまり', 'contract from'],
  endsOn: ['契約の終わり', 'contract until'],
  ndaUntil: ['秘密を守る約束の期限', 'nda valid until'],
  trainedOn: ['個人情報の研修を受けた日', 'privacy training on'],
  region: ['住んでいる地区', 'region'],
} as const

type Column = keyof typeof ENGAGEMENT_HEADINGS

const KINDS = new Map<string, (typeof ENGAGEMENT_KINDS)[number]>([
  ...ENGAGEMENT_KINDS.map((kind) => [kind, kind] as const),
  ['準委任', 'entrusted'],
  ['entrusted (準委任)', 'entrusted'],
  ['業務委託', 'contracted'],
  ['contracted (業務委託)', 'contracted'],
  ['雇用', 'employed'],
])
const DATE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/

/**
 * Takes terms from a table, a person a row: all of it, or nothing. An empty cell leaves what is kept; taking something
 * away is done on the person's page.
 */
export async function importEngagements(actor: User, content: Buffer): Promise<Imported> {
  const table = await openTable(content, COLUMNS, { maxRows: MAX_ROWS, unique: 'login' })
  if (!table.ok) return { ok: false, refused: table, faulty: [] }
  const rows = await Array.fromAsync(table.rows())
  return transition(async (t) => {
    const people = await User.query({ client: t.trx })
      .whereIn(
        'login',
        rows.map(({ values }) => values.login)
      )
      .whereNull('leftAt')
      .whereHas('organization', (query) => void query.where('kind', 'center'))
      .orderBy('id')
      .forUpdate()
    const idOf = new Map(people.map(({ id, login }) => [login, id]))
    const known = await Engagement.query({ client: t.trx }).whereIn('userId', [...idOf.values()])
    const termsOf = new Map(known.map((terms) => [terms.userId, terms]))
    const planned = rows.map((row) => {
      const id = idOf.get(row.values.login)
      const before = id ? (termsOf.get(id) ?? null) : null
      return { row, id, before, terms: termsIn(row, before) }
    })
    const faulty: FaultyRow[] = planned.flatMap(({ row, id, terms }) => {
      const reasons = [...row.reasons]
      const add = (column: Column, problem: string) =>
        reasons.push({ column: ENGAGEMENT_HEADINGS[column][0], problem })
      if (!id) add('login', 'no_person')
      else if (!terms.kind) add('kind', 'no_value')
      else if (!terms.startsOn) add('startsOn', 'no_value')
      else if (terms.endsOn && terms.endsOn < terms.startsOn) add('endsOn', 'ends_before')
      return reasons.length > 0 ? [{ row: row.row, reasons }] : []
    })
    if (faulty.length > 0) return { ok: false, faulty }
    for (const { id, before, terms } of planned)
      await writeTerms(t, actor, id!, before, terms as Terms)
    return { ok: true, count: planned.length }
  })
}

/** Returns what a row says, over what is kept. */
function termsIn({ values }: TableRow, before: Engagement | null): Partial<Terms> {
  const said = (column: Column) => (values[column] ? values[column] : undefined)
  return {
    kind: KINDS.get(foldCell(values.kind ?? '')) ?? before?.kind,
    startsOn: said('startsOn') ?? before?.startsOn,
    endsOn: said('endsOn') ?? before?.endsOn ?? null,
    ndaUntil: said('ndaUntil') ?? before?.ndaUntil ?? null,
    trainedOn: said('trainedOn') ?? before?.trainedOn ?? null,
    region: said('region') ?? before?.region ?? null,
    needsChildcare: before?.needsChildcare ?? false,
  }
}

function readDate(cell: string): { value: string; problem?: string } {
  const text = cell.normalize('NFKC').trim()
  if (text === '') return { value: '' }
  const [, year, month, day] = DATE.exec(text) ?? []
  const date = year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : ''
  return isRealDate(date) ? { value: date } : { value: cell, problem: 'date' }
}

function columnOf(key: Column, required: boolean, read: TableColumn['read']): TableColumn {
  return { key, headings: [...ENGAGEMENT_HEADINGS[key]], required, read }
}

const COLUMNS: TableColumn[] = [
  columnOf('login', true, (cell) => ({ value: foldCell(cell) })),
  columnOf('kind', false, (cell) =>
    foldCell(cell) === '' || KINDS.has(foldCell(cell))
      ? { value: cell }
      : { value: cell, problem: 'option' }
  ),
  columnOf('startsOn', false, readDate),
  columnOf('endsOn', false, readDate),
  columnOf('ndaUntil', false, readDate),
  columnOf('trainedOn', false, readDate),
  columnOf('region', false, (cell) =>
    [...cell.trim()].length <= 40 ? { value: cell.trim() } : { value: cell, problem: 'too_long' }
  ),
]
