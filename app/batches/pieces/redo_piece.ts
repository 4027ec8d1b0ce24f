import type User from '#app/people/user'
import Batch from '#app/batches/batch'
import Piece, { pieceNoteSealContext } from '#app/batches/pieces/piece'
import { pieceTaskOf, SECOND_PASS } from '#app/batches/pieces/piece_task_of'
import { addTask, addTasks } from '#app/tasks/add_task'
import { openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

/** Pieces that are checked further in one go. */
const MAX_AT_ONCE = 1000

/** Has a piece done once more, by somebody else or the same person, who is shown why; false where it isn't done yet. */
export async function redoPiece(user: User, pieceId: string, why: string): Promise<boolean> {
  return transition(async (t) => {
    const piece = await Piece.query({ client: t.trx })
      .where('id', pieceId)
      .whereIn('state', ['finished', 'left_out'])
      // A file that couldn't be opened has nothing to show.
      .whereRaw(`coalesce(reason, '') not like 'file\\_%'`)
      .forUpdate()
      .first()
    const batch = piece && (await lockGoing(t, piece.batchId))
    if (!piece || !batch) return false
    const sealer = await openSealer(piece.dataKeyId, t.trx)
    await piece.redo(t, sealer.sealText(pieceNoteSealContext(piece.id), why), user.id)
    await addTask(t, pieceTaskOf(batch, { id: piece.id, round: piece.round + 1 }, 1))
    t.announce(`batches/${batch.id}`)
    return true
  })
}

/**
 * Has a second person answer a share of the pieces that only one has answered, chosen by chance.
 * @param share per cent of them
 * @returns how many
 */
export async function checkFurther(user: User, batchId: string, share: number): Promise<number> {
  return transition(async (t) => {
    const batch = await lockGoing(t, batchId)
    if (!batch || batch.definition.files) return 0
    const unchecked = () =>
      Piece.query({ client: t.trx }).where({
        batchId,
        state: 'finished',
        checked: false,
        // What a leader has decided stands.
        basis: 'single',
      })
    const [{ $extras }] = await unchecked().count('* as count')
    const wanted = Math.min(MAX_AT_ONCE, Math.ceil((Number($extras.count) * share) / 100))
    const pieces = await unchecked().orderByRaw('random()').limit(wanted).forUpdate()
    for (const piece of pieces) await piece.checkFurther(t, user.id)
    await addTasks(
      t,
      pieces.map((piece) => pieceTaskOf(batch, piece, SECOND_PASS))
    )
    t.announce(`batches/${batchId}`)
    return pieces.length
  })
}

function lockGoing(t: Transition, id: string): Promise<Batch | null> {
  return Batch.query({ client: t.trx })
    .where('id', id)
    .whereIn('state', ['open', 'paused'])
    .forShare()
    .first()
}
