import db from '@adonisjs/lucid/services/db'
import { frozenVersion } from '#app/catalog/frozen_version'
import User from '#app/people/user'
import { columnsOf, type Column } from '#app/clients/exports/columns_of'
import { exported, exportedTo } from '#app/clients/exports/exported'
import ValueExport, { lackingSealContext, type Lacking } from '#app/clients/exports/value_export'
import { factsOf } from '#app/clients/submission_facts'
import { latestValuesOf } from '#app/submissions/revision_values'
import type Submission from '#app/submissions/submission'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import { today } from '#app/core/clock'
import { csvLines, csvStart } from '#app/core/csv_file'
import { addDays } from '#app/core/japanese_calendar'
import { writeSealedStream } from '#app/core/sealed_stream'
import { destroyKeysOn, openSealer } from '#app/core/sealing'
import { NumberSetting } from '#app/core/number_setting'
import { transition } from '#app/core/transition'

const BATCH = 500
/** So long a file can be fetched (days). */
export const exportDays = new NumberSetting({
  name: 'exports.kept_days',
  section: 'kept',
  unit: 'days',
  fallback: 14,
  min: 1,
  max: 90,
})
/** Rows with lacking characters that are named. */
const MAX_LACKING = 500

/** Writes the file that somebody asked for: by cursor, in parts, with progress. Memory doesn't grow with its rows. */
export async function writeExport(id: string): Promise<void> {
  await withClaim('export', id, 'asked', async (attempt) => {
    const wishes = await ValueExport.findOrFail(id)
    if (attempt > MAX_ATTEMPTS) return end(wishes, null)
    const user = await User.findOrFail(wishes.requestedBy)
    const [total, visible] = await Promise.all([
      countOf(exported(wishes)),
      countOf(exportedTo(user, wishes)),
    ])
    // Begun anew where a worker died in the middle.
    await db.from('export_rows').where('export_id', id).delete()
    await wishes.merge({ rowsTotal: visible, rowsDone: 0, withheld: total - visible }).save()
    const sealer = await openSealer(wishes.dataKeyId)
    const lacking: Lacking[] = []
    const written = await writeSealedStream(
      sealer,
      'exports',
      partsOf(wishes, user, await columnsOf(wishes), lacking)
    )
    await end(wishes, {
      file: written.path,
      bytes: written.bytes,
      digest: written.sha256,
      lacking: sealer.sealJson(lackingSealContext(id), lacking),
    })
  })
}

function countOf(query: ReturnType<typeof exported>): Promise<number> {
  return query
    .count('* as count')
    .pojo<{ count: string }>()
    .firstOrFail()
    .then(({ count }) => Number(count))
}

async function* partsOf(
  wishes: ValueExport,
  user: User,
  columns: Column[],
  lacking: Lacking[]
): AsyncGenerator<Buffer> {
  const { encoding } = wishes
  const headings = csvLines([columns.map((column) => column.header)], encoding)
  yield Buffer.concat([csvStart(encoding), headings.bytes])
  let done = 0
  for (let after: Submission | null = null; ;) {
    const batch: Submission[] = await exportedTo(user, wishes)
      .if(after, (query) =>
        // Ids are in the order in which they were given.
        query.where('submissions.id', '>', after!.id)
      )
      .orderBy('submissions.id')
      .limit(BATCH)
    if (batch.length === 0) return
    after = batch.at(-1)!
    // First which revision is in it: one that comes meanwhile is new the next time, and who is erased takes the file along.
    await keepRows(wishes.id, batch)
    const rows = await rowsOf(batch, columns)
    const { bytes, unmapped } = csvLines(rows, encoding)
    for (const [row, found] of Map.groupBy(unmapped, (one) => one.row))
      if (lacking.length < MAX_LACKING)
        lacking.push({
          receipt: batch[row - 1].receipt,
          characters: found.map((one) => one.character),
        })
    done += batch.length
    await notifyProgress(wishes, done)
    yield bytes
  }
}

async function rowsOf(batch: Submission[], columns: Column[]): Promise<string[][]> {
  const values = await latestValuesOf(batch)
  const facts = await factsOf(batch, values)
  const orders: { id: string; number: number }[] = await db
    .from('work_orders')
    .whereIn(
      'id',
      batch.flatMap((submission) => submission.workOrderId ?? [])
    )
    .select('id', 'number')
  const numbers = new Map(orders.map((order) => [order.id, String(order.number)]))
  return Promise.all(
    batch.map(async (submission) => {
      const row = {
        submission,
        version: await frozenVersion(submission.serviceVersionId),
        standing: values.get(submission.id) ?? new Map(),
        facts: facts.get(submission.id) ?? {},
        orderNumber: numbers.get(submission.workOrderId ?? '') ?? '',
      }
      return columns.map((column) => column.value(row))
    })
  )
}

/** Keeps which revision of a submission is in the file: what is newer is new the next time. */
async function keepRows(exportId: string, batch: Submission[]): Promise<void> {
  await db.rawQuery(
    `insert into export_rows (export_id, submission_id, revision)
     select ?, submission_id, max(number) from revisions where submission_id = any(?) group by submission_id`,
    [exportId, batch.map((submission) => submission.id)]
  )
}

async function notifyProgress({ id, clientId }: ValueExport, done: number): Promise<void> {
  await transition(async (t) => {
    await t.trx.from('exports').where('id', id).update({ rows_done: done })
    t.announce(`exports/${clientId}`)
  })
}

async function end(
  wishes: ValueExport,
  made: Pick<ValueExport, 'file' | 'bytes' | 'digest' | 'lacking'> | null
): Promise<void> {
  await transition(async (t) => {
    const open = await ValueExport.query({ client: t.trx })
      .where({ id: wishes.id, state: 'asked' })
      .forUpdate()
      .first()
    if (!open) return
    await open.end(t, made)
    await destroyKeysOn(t.trx, [wishes.dataKeyId], addDays(today(), await exportDays.value(t.trx)))
    t.announce(`exports/${wishes.clientId}`)
  })
}
