import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { visibleTo } from '#app/people/client_scope'
import Posting from '#app/replies/postings/posting'
import type { NumbersOf } from '#app/replies/postings/check_posting'
import { linesOf, mayBeReduced, sumOf } from '#app/replies/postings/posting_lines'
import PrintRun from '#app/replies/print_runs/print_run'

/** More stacks aren't offered at once: so many are a small van. */
export const MAX_OFFERED = 200

/** Runs that wait for the post, of one client and product, with how its last posting went. */
export interface Waiting {
  clientId: string
  name: string
  product: string
  runs: { id: string; number: number; pieces: number }[]
  last: Posting | null
}

/** Lists the runs that could go to the post office together. */
export async function waitingRuns(user: User): Promise<Waiting[]> {
  const runs = await visibleTo(PrintRun.query(), user)
    .join('organizations', 'organizations.id', 'print_runs.client_id')
    .where('print_runs.state', 'enclosed')
    .whereNull('print_runs.posting_id')
    .orderBy(['organizations.name', 'print_runs.client_id', 'print_runs.product'])
    .orderBy('print_runs.number')
    .limit(MAX_OFFERED)
    .select('print_runs.*', 'organizations.name')
  const pieces = await piecesOf(runs.map(({ id }) => id))
  const groups = Map.groupBy(runs, ({ clientId, product }) => `${clientId} ${product}`)
  return Promise.all(
    [...groups.values()].map(async (group) => {
      const [{ clientId, product, $extras }] = group
      return {
        clientId,
        name: String($extras.name),
        product,
        runs: group.map(({ id, number }) => ({ id, number, pieces: pieces.get(id) ?? 0 })),
        last: await Posting.query()
          .where({ clientId, product })
          .whereNot('state', 'canceled')
          .orderBy('number', 'desc')
          .first(),
      }
    })
  )
}

async function piecesOf(runs: string[]): Promise<Map<string, number>> {
  const rows: { id: string; pieces: number }[] = await db
    .from('sheets')
    .whereIn('print_run_id', runs)
    .whereIn('state', ['enclosed', 'posted', 'returned'])
    .groupBy('print_run_id')
    .select('print_run_id as id', db.raw('count(*)::int as pieces'))
  return new Map(rows.map(({ id, pieces }) => [id, pieces]))
}

/** Sheets that were pulled from runs: they may not lie in their stacks. */
async function pulledOf(runs: string[]): Promise<NumbersOf[]> {
  const rows: { run: number; numbers: number[] }[] = await db
    .from('sheets')
    .join('print_runs', 'print_runs.id', 'sheets.print_run_id')
    .whereIn('print_run_id', runs)
    .where('sheets.state', 'pulled')
    .groupBy('print_runs.number')
    .orderBy('print_runs.number')
    .select(
      'print_runs.number as run',
      db.raw('array_agg(sheets.number order by sheets.number) as numbers')
    )
  return rows
}

/** The content of a posting: its runs, and its pieces by weight, as they are or as they went. */
export async function contentOf(posting: Posting) {
  const runs = await PrintRun.query().where('postingId', posting.id).orderBy('number')
  const ids = runs.map(({ id }) => id)
  const lines = posting.lines ?? (await linesOf(posting, ids, db))
  const pieces = await piecesOf(ids)
  return {
    runs: runs.map(({ id, number, state }) => ({
      ...{ id, number, state },
      pieces: pieces.get(id) ?? 0,
    })),
    pulled: await pulledOf(ids),
    lines: lines ?? [],
    tooHeavy: lines === null,
    sum: sumOf(lines ?? []),
    reduced: mayBeReduced(posting, lines ?? []),
  }
}
