import type User from '#app/people/user'
import Batch from '#app/batches/batch'
import { contentHash } from '#app/intake/content_hash'
import { mediaTypeOf } from '#app/batches/media_type'
import Piece, { nameSealContext } from '#app/batches/pieces/piece'
import { MAX_SCAN_BYTES } from '#app/reading/limits'
import { doomFiles } from '#app/core/doomed_files'
import { newId } from '#app/core/ids'
import { writeSealedFile } from '#app/core/sealed_files'
import { createSealer, destroyDataKeys, openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import { withFile } from '#app/core/with_file'

/** Files that one batch may consist of. */
export const MAX_FILES = 5000

export type ReceivedFile =
  | { ok: true; known: boolean }
  | { ok: false; reason: 'empty' | 'too_large' | 'not_readable' | 'not_preparing' | 'too_many' }

/** Takes one file in as a piece of a batch that is being prepared. The same bytes are one piece. */
export async function receivePiece(
  batchId: string,
  name: string,
  content: Buffer
): Promise<ReceivedFile> {
  if (content.length === 0) return { ok: false, reason: 'empty' }
  if (content.length > MAX_SCAN_BYTES) return { ok: false, reason: 'too_large' }
  const mediaType = mediaTypeOf(content)
  if (!mediaType) return { ok: false, reason: 'not_readable' }
  return withFile(async (t, keep) => {
    const batch = await lockPreparing(t, batchId)
    if (!batch) return { ok: false, reason: 'not_preparing' }
    const hash = await contentHash(content, t.trx)
    const known: unknown = await t.trx
      .from('pieces')
      .where({ batch_id: batchId, content_hash: hash })
      .first()
    if (known) return { ok: true, known: true }
    if (batch.piecesTotal >= MAX_FILES) return { ok: false, reason: 'too_many' }
    const sealer = await createSealer(t.trx, 'piece')
    const id = newId()
    await t.trx.table('pieces').insert({
      id,
      batch_id: batchId,
      client_id: batch.clientId,
      // Others may have been taken out again.
      number: t.trx.raw('(select coalesce(max(number), 0) + 1 from pieces where batch_id = ?)', [
        batchId,
      ]),
      data_key_id: sealer.dataKeyId,
      name: sealer.sealText(nameSealContext(id), name),
      file: await keep(() => writeSealedFile(sealer, 'pieces', content)),
      media_type: mediaType,
      content_hash: hash,
    })
    await batch.merge({ piecesTotal: batch.piecesTotal + 1 }).save()
    await touch(t, batchId)
    t.announce(`batches/${batchId}`)
    return { ok: true, known: false }
  })
}

/** Takes a file out again that came in by mistake, before anything was laid out. */
export async function takeOut(user: User, batchId: string, number: number): Promise<boolean> {
  return transition(async (t) => {
    const batch = await lockPreparing(t, batchId)
    const piece =
      batch &&
      (await Piece.query({ client: t.trx }).where({ batchId, number, state: 'received' }).first())
    if (!batch || !piece) return false
    // Some may be there from a worker that gave up in the middle.
    const pictures: { file: string }[] = await t.trx
      .from('piece_pictures')
      .where('piece_id', piece.id)
      .delete()
      .returning('file')
    await doomFiles(t, [...(piece.file ? [piece.file] : []), ...pictures.map(({ file }) => file)])
    await piece.takeOut(t, user)
    await destroyDataKeys(t.trx, [piece.dataKeyId])
    await batch.merge({ piecesTotal: batch.piecesTotal - 1 }).save()
    t.announce(`batches/${batchId}`)
    return true
  })
}

/** Takes the table in whose rows are the pieces; one that was handed in before is forgotten. */
export async function receiveTable(user: User, batchId: string, content: Buffer): Promise<boolean> {
  return withFile(async (t, keep) => {
    const batch = await lockPreparing(t, batchId)
    // Of one that was given up in the middle, pieces are there already.
    if (!batch || batch.rowsDone > 0) return false
    if (batch.file) await doomFiles(t, [batch.file])
    const sealer = await openSealer(batch.dataKeyId, t.trx)
    const file = await keep(() => writeSealedFile(sealer, 'batches', content))
    await batch.merge({ file }).layOut(t, user)
    await touch(t, batchId)
    return true
  })
}

/** Nothing more is handed in: the pieces are laid out now. */
export async function beginBatch(user: User, batchId: string): Promise<boolean> {
  return transition(async (t) => {
    const batch = await lockPreparing(t, batchId)
    const count = batch?.definition.material === 'link' ? batch.askedPieces : batch?.piecesTotal
    if (!batch || !count || batch.definition.material === 'row') return false
    await batch.layOut(t, user)
    return true
  })
}

/** It isn't abandoned: something was handed in. */
async function touch(t: Transition, id: string): Promise<void> {
  await t.trx
    .from('batches')
    .where('id', id)
    .update({ touched_at: t.trx.raw('now()') })
}

function lockPreparing(t: Transition, id: string): Promise<Batch | null> {
  return Batch.query({ client: t.trx }).where({ id, state: 'preparing' }).forUpdate().first()
}
