import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'

/** The states of a row, in order: of the list, then of its letter, then of its sheet. */
export const ROW_STATES = [
  'going',
  'held',
  'ready',
  'planned',
  'printed',
  'enclosed',
  'posted',
  'returned',
  'canceled',
] as const
export type RowState = (typeof ROW_STATES)[number]

/** SQL: the state of a row `m` by its reply `r` and its newest sheet `s`. A letter that was stopped doesn't go either. */
const STATE = `case
  when m.state <> 'composed' then m.state
  when r.state in ('canceled', 'stopped') then 'canceled'
  when r.state = 'ready' then 'ready'
  else s.state end`

/** SQL: rows of a mailing with their letters and sheets. */
const ROWS = `mailing_rows m left join replies r on r.id = m.reply_id
  left join lateral (
    select sheets.*, print_runs.posted_on, print_runs.number as run from sheets
    join print_runs on print_runs.id = sheets.print_run_id
    where sheets.reply_id = r.id and sheets.state <> 'pulled' order by print_runs.number desc limit 1) s on r.state in ('in_run', 'posted')`

/** A mailing of no rows. */
export const NO_ROWS = Object.fromEntries(ROW_STATES.map((state) => [state, 0])) as Record<
  RowState,
  number
>

/** Counts the rows of a mailing by where they stand. */
export async function countRows(id: string): Promise<Record<RowState, number>> {
  const { rows } = await db.rawQuery<{ rows: { state: RowState; count: number }[] }>(
    `select ${STATE} as state, count(*)::int as count from ${ROWS} where m.mailing_id = ? group by 1`,
    [id]
  )
  const counts = { ...NO_ROWS }
  for (const { state, count } of rows) counts[state] = count
  return counts
}

/** The outcome of a row. */
export interface ReportedRow {
  row: number
  state: RowState
  /** why it is held, or came back */
  reasons: string[]
  run: number | null
  sheet: number | null
  code: string | null
  pages: number | null
  posted_on: string | null
}

const AT_ONCE = 2000

/** Lists what became of every row, a part at a time. */
export async function* reportedRows(id: string): AsyncGenerator<ReportedRow[]> {
  for (let after = 0; ;) {
    const { rows } = await db.rawQuery<{ rows: ReportedRow[] }>(
      `select m.row, ${STATE} as state, case when s.reason is null then m.reasons else jsonb_build_array(s.reason) end as reasons,
         s.run, s.number as sheet, s.code, r.pages, s.posted_on
       from ${ROWS} where m.mailing_id = :id and m.row > :after order by m.row limit ${AT_ONCE}`,
      { id, after }
    )
    if (rows.length === 0) return
    yield rows
    after = rows.at(-1)!.row
  }
}

/** Lists held rows after one, with why. */
export function heldRows(
  id: string,
  after: number,
  limit: number
): Promise<{ row: number; reasons: string[] }[]> {
  return db
    .from('mailing_rows')
    .where({ mailing_id: id, state: 'held' })
    .where('row', '>', after)
    .orderBy('row')
    .limit(limit)
    .select('row', 'reasons')
}

/** Whether nothing of a mailing is still to be posted. */
export async function isPosted(id: string, client: Queries = db): Promise<boolean> {
  const open: unknown = await client
    .from('replies')
    .where('mailing_id', id)
    .whereIn('state', ['ready', 'in_run'])
    .first()
  return !open
}
