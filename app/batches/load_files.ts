import db from '@adonisjs/lucid/services/db'
import type Batch from '#app/batches/batch'
import { isChecked, lockLoading } from '#app/batches/loading'
import { blackOut, mayHoldNumbers, numbersAbound, type HandedIn } from '#app/intake/black_out'
import { doomFiles } from '#app/core/doomed_files'
import { isSound } from '#app/batches/media_type'
import Piece from '#app/batches/pieces/piece'
import { pieceTaskOf } from '#app/batches/pieces/piece_task_of'
import { addTask } from '#app/tasks/add_task'
import { sharedDecoder } from '#app/reading/decoding/shared_decoder'
import { newId } from '#app/core/ids'
import { machineFault } from '#app/core/machine_fault'
import { removeFile, readSealedFile, writeSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

type Numbers = Pick<HandedIn, 'guarded' | 'numbersAbound'>

/** Pages of one file; more are a stack, not a piece. */
const MAX_PAGES = 20
/** So often a file is begun to be opened; whatever ended it, the others go first. */
const MAX_TRIES = 5
/** Files that are opened in one turn: then others' have theirs. */
const A_TURN = 20

/**
 * Opens files that came in, a turn's worth of them: paper and pictures become pictures by the decoding child, sounds stay
 * as they are.
 * @returns whether there are more
 */
export async function loadFiles(batch: Batch): Promise<boolean> {
  const numbers = {
    guarded: await mayHoldNumbers(batch.clientId),
    numbersAbound: await numbersAbound(),
  }
  for (let done = 0; done < A_TURN; done++) {
    const piece = await Piece.query()
      .where({ batchId: batch.id, state: 'received' })
      .orderBy('tries')
      .orderBy('number')
      .first()
    if (!piece) return false
    const refused = await open(piece, numbers)
    const goesOn = await transition(async (t) => {
      const loading = await lockLoading(t, batch.id)
      if (!loading) return false
      if (refused) await piece.leaveOut(t, refused)
      else {
        await Piece.open(t, [piece.id])
        await t.trx
          .from('pieces')
          .where('id', piece.id)
          .update({ checked: isChecked(loading) })
        await addTask(t, pieceTaskOf(loading, piece, 1))
      }
      // Where a My Number may stand nothing but what was looked through is kept.
      if (numbers.guarded && !isSound(piece.mediaType))
        await forgetFiles(t, piece, refused !== null)
      await loading.merge({ rowsDone: loading.rowsDone + 1, attempts: 0 }).save()
      t.announce(`batches/${batch.id}`)
      return true
    })
    if (!goesOn) return false
  }
  return true
}

/** @returns why the file can't be shown; null where it can */
async function open(piece: Piece, numbers: Numbers): Promise<string | null> {
  if (isSound(piece.mediaType)) return null
  // One over which its worker or decoder ended again and again, while others of its batch went through.
  if (piece.tries >= MAX_TRIES && (await othersWentThrough(piece.batchId))) return 'file_too_heavy'
  await db.from('pieces').where('id', piece.id).increment('tries')
  try {
    return await keepPictures(piece, numbers)
  } catch (error) {
    // A full disk says nothing of the file; a decoder that was ended from outside may.
    const fault = machineFault(error)
    if (fault !== null && fault !== 'decoder')
      await db.from('pieces').where('id', piece.id).decrement('tries')
    throw error
  }
}

async function othersWentThrough(batchId: string): Promise<boolean> {
  const other: unknown = await db
    .from('pieces')
    .where('batch_id', batchId)
    .whereNot('state', 'received')
    .first()
  return other !== null
}

/** @returns why the file can't be shown; null where its pictures are there */
async function keepPictures(piece: Piece, numbers: Numbers): Promise<string | null> {
  const sealer = await openSealer(piece.dataKeyId)
  const content = await readSealedFile(sealer, piece.file!)
  let isBlurred = false
  const decoded = await sharedDecoder().decode(
    content,
    async ({ number, jpeg }) => {
      if (number > MAX_PAGES || isBlurred) return
      const handedIn = { clientId: piece.clientId, serviceId: null, ...numbers }
      const looked = await blackOut(jpeg, handedIn)
      isBlurred = looked.kept === 'blurred' && numbers.guarded
      // Of a client without such forms, what is none of anybody's forms is shown.
      const picture = looked.kept === 'blurred' ? { jpeg } : looked
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
