import db from '@adonisjs/lucid/services/db'
import { printedInRuns, products } from '#app/replies/products/product'
import { newId } from '#app/core/ids'

/** Lists what could be printed, by client and product. Each has a key of its own: sent twice it is planned once. */
export async function readyToPrint() {
  const rows: { id: string; name: string; product: string; count: string }[] = await db
    .from('replies')
    .join('organizations', 'organizations.id', 'replies.client_id')
    .where('replies.state', 'ready')
    .whereNull('replies.mailing_id')
    .whereIn(
      'replies.product',
      printedInRuns().map((product) => product.name)
    )
    .groupBy('organizations.id', 'organizations.name', 'replies.product')
    .select('organizations.id', 'organizations.name', 'replies.product')
    .count('* as count')
  return rows.map((row) => ({
    ...row,
    product: products.get(row.product),
    requestKey: newId(),
  }))
}

/** Counts the letters that wait for somebody's look. */
export async function countHeld(): Promise<number> {
  const held = await db.from('replies').where('state', 'held').count('* as count').firstOrFail()
  return Number(held.count)
}

/** The sheets of a run in the order in which they are printed, each with whose it is. */
export function sheetsOf(runId: string) {
  return db
    .from('sheets')
    .leftJoin('reply_submissions', 'reply_submissions.reply_id', 'sheets.reply_id')
    .leftJoin('submissions', 'submissions.id', 'reply_submissions.submission_id')
    .where('sheets.print_run_id', runId)
    .orderBy('sheets.number')
    .select(
      'sheets.id',
      'sheets.number',
      'sheets.code',
      'sheets.state',
      'sheets.pages',
      'sheets.reason',
      'submissions.receipt',
      'submissions.id as submission_id'
    )
}

/** More than this are not counted for the menu. */
const MAX_COUNTED = 1000

/** Counts the letters that could be printed now, up to a thousand. */
export async function countReady(): Promise<number> {
  const { rows }: { rows: { count: number }[] } = await db.rawQuery(
    `select count(*)::int as count from (
       select 1 from replies where state = 'ready' and mailing_id is null and product = any(:products) limit ${MAX_COUNTED}) found`,
    { products: printedInRuns().map((product) => product.name) }
  )
  return rows[0].count
}
