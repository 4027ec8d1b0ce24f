import db from '@adonisjs/lucid/services/db'
import Batch, { type BatchProblem } from '#app/batches/batch'
import { loadFiles } from '#app/batches/load_files'
import { isChecked, lockLoading } from '#app/batches/loading'
import { givenSealContext } from '#app/batches/pieces/piece'
import { isDoubt, leftAlone, tellsPeople } from '#app/batches/pieces/left_alone'
import { decisionTaskOf, pieceTaskOf } from '#app/batches/pieces/piece_task_of'
import { readRows, type ReadPiece } from '#app/batches/read_rows'
import { addTasks } from '#app/tasks/add_task'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import { newId } from '#app/core/ids'
import { inBatches } from '#app/core/in_batches'
import { readSealedFile } from '#app/core/sealed_files'
import { createSealers, openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

const AT_ONCE = 500

/**
 * Lays out the pieces of a batch, a part at a time, and offers it when all are there. What is there already is left as
 * it is, so the work may be done again where a worker died in the middle.
 */
export async function loadBatch(id: string): Promise<void> {
  await withClaim('batch', id, 'loading', async (attempt) => {
    const batch = await Batch.findOrFail(id)
    if (attempt > MAX_ATTEMPTS) return refuse(id, { reason: 'batches.given_up', detail: {} })
    const problem =
      batch.definition.material === 'row'
        ? await loadRows(batch)
        : batch.definition.material === 'link'
          ? await loadNumbers(batch)
          : null
    if (problem) return refuse(id, problem)
    const hasMore = batch.definition.material === 'file' && (await loadFiles(batch))
    await transition(async (t) => {
      if (hasMore) return t.wake({ type: 'batch', id, turn: batch.rowsDone })
      const open = await lockLoading(t, id)
      await open?.open(t)
      // It may have been planned otherwise since the first were laid out.
      t.wake({ type: 'batch', id })
    })
  })
}

async function loadRows(batch: Batch): Promise<BatchProblem | null> {
  const sealer = await openSealer(batch.dataKeyId!)
  const table = await readRows(await readSealedFile(sealer, batch.file!))
  if (!table.ok) return table.problem
  if (batch.definition.reaches && !tellsPeople(table.headings, batch.definition))
    return { reason: 'batches.nobody_told', detail: {} }
  await batch.merge({ headings: table.headings, piecesTotal: table.count }).save()
  return insertAll(batch, table.pieces())
}

/** The pieces of an outside tool have a number, and nothing else. */
async function loadNumbers(batch: Batch): Promise<null> {
  const count = batch.askedPieces!
  await db.from('batches').where('id', batch.id).update({ pieces_total: count })

  async function* numbers(): AsyncGenerator<ReadPiece> {
    for (let number = 1; number <= count; number++) yield { number, rows: [], given: null }
  }
  return insertAll(batch, numbers())
}

async function insertAll(batch: Batch, pieces: AsyncIterable<ReadPiece>): Promise<null> {
  const [{ last }]: { last: number | null }[] = await db
    .from('pieces')
    .where('batch_id', batch.id)
    .max('number as last')
  let done = 0
  for await (const part of inBatches(pieces, AT_ONCE)) {
    const fresh = part.filter(({ number }) => number > (last ?? 0))
    done += part.length
    const goesOn = await transition(async (t) => {
      const open = await lockLoading(t, batch.id)
      if (open) await insert(t, open, fresh, done)
      return open !== null
    })
    if (!goesOn) return null
  }
  return null
}

async function insert(
  t: Transition,
  batch: Batch,
  pieces: ReadPiece[],
  done: number
): Promise<void> {
  const sealers = await createSealers(t.trx, 'piece', pieces.length)
  const named = pieces.map((piece) => ({ ...piece, id: newId() }))
  const stopped = await leftAlone(
    batch,
    named.flatMap(({ id, given }) => (given ? { id, given } : [])),
    t.trx
  )
  const rows = named.map(({ id, number, rows: of, given, faulty }, index) => {
    const reason = faulty ?? stopped.get(id) ?? null
    return {
      id,
      batch_id: batch.id,
      client_id: batch.clientId,
      number,
      rows: of,
      data_key_id: sealers[index].dataKeyId,
      given: given && sealers[index].sealJson(givenSealContext(id), given),
      // A doubt is a leader's to decide.
      state: isDoubt(reason) ? 'disputed' : reason ? 'left_out' : 'open',
      reason,
      checked: isChecked(batch),
      round: 1,
    }
  })
  if (rows.length > 0) await t.trx.table('pieces').multiInsert(rows)
  await addTasks(
    t,
    rows.filter(({ state }) => state === 'open').map((piece) => pieceTaskOf(batch, piece, 1))
  )
  await addTasks(
    t,
    rows.filter(({ state }) => state === 'disputed').map((piece) => decisionTaskOf(batch, piece))
  )
  await batch.merge({ rowsDone: done, attempts: 0 }).save()
  t.announce(`batches/${batch.id}`)
}

async function refuse(id: string, problem: BatchProblem): Promise<void> {
  await transition(async (t) => {
    const open = await lockLoading(t, id)
    await open?.refuse(t, problem)
  })
}
