import type Batch from '#app/batches/batch'
import { fieldsOf } from '#app/batches/kinds/work_definition'
import { answersOf, differing } from '#app/batches/pieces/answers_of'
import { callNoMore, outcomeOfCall } from '#app/batches/pieces/called'
import { pieceNoteSealContext } from '#app/batches/pieces/piece'
import { DECIDED_PASS, pieceTaskOf } from '#app/batches/pieces/piece_task_of'
import { insertAnswer, lockPiece } from '#app/batches/pieces/save_answer'
import { addTask } from '#app/tasks/add_task'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/** A leader's word on a piece: the values that stand, once more from the start, or not at all; each of these with why. */
export type Decision = { values: Record<string, string> } | { again: string } | { leaveOut: string }

/** Decides on a piece whose answers differ, or that somebody couldn't do; false when the lease had run out. */
export async function decidePiece(
  assignment: Assignment,
  batch: Batch,
  decision: Decision
): Promise<boolean> {
  return transition(async (t) => {
    const piece = await lockPiece(t, assignment.task.subjectId)
    if (!(await endAssignment(t, assignment, 'done'))) return false
    const { userId } = assignment
    t.announce(`batches/${batch.id}`)
    const sealer = await openSealer(piece.dataKeyId, t.trx)
    const note = (text: string) => sealer.sealText(pieceNoteSealContext(piece.id), text)
    if ('leaveOut' in decision) {
      await piece.leaveOutBecause(t, note(decision.leaveOut), userId)
      return true
    }
    if ('again' in decision) {
      await piece.redo(t, note(decision.again), userId)
      await addTask(t, pieceTaskOf(batch, { id: piece.id, round: piece.round + 1 }, 1))
      return true
    }
    if (outcomeOfCall(batch.definition, decision.values) === 'never')
      await callNoMore(t, { id: userId }, { batch, piece, sealer })
    const fields = fieldsOf(batch.definition)
    const [first] = await answersOf(piece, sealer, t.trx)
    const answerId = await insertAnswer(t, sealer, piece, decision, {
      pass: DECIDED_PASS,
      userId,
      assignmentId: assignment.id,
      packId: null,
    })
    const known = first?.values ?? null
    await piece.finish(
      t,
      {
        answerId,
        basis: 'adjudicated',
        fieldsChecked: known ? fields.length : 0,
        fieldsWrong: known ? differing(fields, known, decision.values).length : 0,
      },
      userId
    )
    return true
  })
}
