import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import type Batch from '#app/batches/batch'
import { isChecked, lockLoading } from '#app/batches/loading'
import { isSound } from '#app/batches/media_type'
import Piece from '#app/batches/pieces/piece'
import { pieceTaskOf } from '#app/batches/pieces/piece_task_of'
import { addTask } from '#app/tasks/add_task'
import { Decoder } from '#app/reading/decoding/decoder'
import { newId } from '#app/core/ids'
import { removeFile, readSealedFile, writeSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/** Pages of one file; more are a stack, not a piece. */
const MAX_PAGES = 20

let decoder: Decoder | undefined

/** Opens each file that came in: paper and pictures become pictures by the decoding child, sounds stay as they are. */
export async function loadFiles(batch: Batch): Promise<null> {
  for (;;) {
    const piece = await Piece.query()
      .where({ batchId: batch.id, state: 'received' })
      .orderBy('number')
      .first()
    if (!piece) return null
    const refused = isSound(piece.mediaType) ? null : await keepPictures(piece)
    const goesOn = await transition(async (t) => {
      const open = await lockLoading(t, batch.id)
      if (!open) return false
      if (refused) await piece.leaveOut(t, refused, null)
      else {
        await Piece.open(t, [piece.id])
        await t.trx
          .from('pieces')
          .where('id', piece.id)
          .update({ checked: isChecked(open) })
        await addTask(t, pieceTaskOf(open, piece, 1))
      }
      await open.merge({ rowsDone: piece.number }).save()
      t.announce(`batches/${batch.id}`)
      return true
    })
    if (!goesOn) return null
  }
}

/** @returns why the file can't be shown; null where its pictures are there */
async function keepPictures(piece: Piece): Promise<string | null> {
  const sealer = await openSealer(piece.dataKeyId)
  const content = await readSealedFile(sealer, piece.file!)
  const decoded = await sharedDecoder().decode(
    content,
    async ({ number, jpeg }) => {
      if (number > MAX_PAGES) return
      const file = await writeSealedFile(sealer, 'pieces', jpeg)
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
  if (!decoded.ok) return `file_${decoded.reason}`
  return decoded.pages > MAX_PAGES ? 'file_too_many_pages' : null
}

/** One decoding child a process; it ends with the process. */
function sharedDecoder(): Decoder {
  if (!decoder) {
    decoder = new Decoder()
    app.terminating(() => decoder?.close())
  }
  return decoder
}
