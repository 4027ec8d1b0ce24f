import db from '@adonisjs/lucid/services/db'
import type Batch from '#app/batches/batch'
import { isChecked, lockLoading } from '#app/batches/loading'
import { blackOut, mayHoldNumbers } from '#app/intake/black_out'
import { doomFiles } from '#app/core/doomed_files'
import { isSound } from '#app/batches/media_type'
import Piece from '#app/batches/pieces/piece'
import { pieceTaskOf } from '#app/batches/pieces/piece_task_of'
import { addTask } from '#app/tasks/add_task'
import { sharedDecoder } from '#app/reading/decoding/shared_decoder'
import { newId } from '#app/core/ids'
import { removeFile, readSealedFile, writeSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

/** Pages of one file; more are a stack, not a piece. */
const MAX_PAGES = 20
/** So often a file may bring its worker down; whatever goes well begins to count anew. */
const MAX_TRIES = 3

/** Opens each file that came in: paper and pictures become pictures by the decoding child, sounds stay as they are. */
export async function loadFiles(batch: Batch, attempt: number): Promise<null> {
  let first = true
  for (;;) {
    const piece = await Piece.query()
      .where({ batchId: batch.id, state: 'received' })
      .orderBy('number')
      .first()
    if (!piece) return null
    // A file that brought its worker down again and again is left out, and the others go on.
    const isFatal = first && attempt > MAX_TRIES
    first = false
    const isGuarded = !isSound(piece.mediaType) && (await mayHoldNumbers(piece.clientId))
    const refused = isFatal
      ? 'file_too_heavy'
      : isSound(piece.mediaType)
        ? null
        : await keepPictures(piece, isGuarded)
    const goesOn = await transition(async (t) => {
      const open = await lockLoading(t, batch.id)
      if (!open) return false
      if (refused) await piece.leaveOut(t, refused)
      else {
        await Piece.open(t, [piece.id])
        await t.trx
          .from('pieces')
          .where('id', piece.id)
          .update({ checked: isChecked(open) })
        await addTask(t, pieceTaskOf(open, piece, 1))
      }
      // Where a My Number may stand nothing but what was looked through is kept.
      if (isGuarded) await forgetFiles(t, piece, refused !== null)
      await open.merge({ rowsDone: piece.number, attempts: 0 }).save()
      t.announce(`batches/${batch.id}`)
      return true
    })
    if (!goesOn) return null
  }
}

/** @returns why the file can't be shown; null where its pictures are there */
async function keepPictures(piece: Piece, isGuarded: boolean): Promise<string | null> {
  const sealer = await openSealer(piece.dataKeyId)
  const content = await readSealedFile(sealer, piece.file!)
  let isBlurred = false
  const decoded = await sharedDecoder().decode(
    content,
    async ({ number, jpeg }) => {
      if (number > MAX_PAGES || isBlurred) return
      const { clientId } = piece
      const handedIn = { clientId, serviceId: null, guarded: isGuarded, numbersAbound: isGuarded }
      const picture = await blackOut(jpeg, handedIn)
      isBlurred = picture.kept === 'blurred'
      if (isBlurred) return
      const file = await writeSealedFile(sealer, 'pieces', picture.jpeg)
      const kept: unknown[] = await db
        .knexQuery()
        .table('piece_pictures')
        .insert({ id: newId(), piece_id: piece.id, number, data_key_id: sealer.dataKeyId, file })
        .onConflict(['piece_id', 'number'])
        .ignore()
        .returning('id')
      // It was there already, from a worker that died.
      if (kept.length === 0) await removeFile(file)
    },
    { max: MAX_PAGES }
  )
  if (isBlurred) return 'file_maybe_number'
  if (!decoded.ok) return `file_${decoded.reason}`
  return decoded.pages > MAX_PAGES ? 'file_too_many_pages' : null
}

/** The file itself goes, and its pictures where it can't be shown. */
async function forgetFiles(t: Transition, piece: Piece, withPictures: boolean): Promise<void> {
  const pictures: { file: string }[] = withPictures
    ? await t.trx.from('piece_pictures').where('piece_id', piece.id).delete().returning('file')
    : []
  await doomFiles(t, [...(piece.file ? [piece.file] : []), ...pictures.map(({ file }) => file)])
  await t.trx.from('pieces').where('id', piece.id).update({ file: null })
}
