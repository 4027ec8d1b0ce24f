import Batch from '#app/batches/batch'
import { endPacks } from '#app/batches/packs/end_packs'
import { withdrawOfGroup } from '#app/tasks/withdraw_tasks'
import { insertAnswer, lockPiece, packAt } from '#app/batches/pieces/save_answer'
import Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'
import { withClaim } from '#app/core/claim'
import { openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

const AT_ONCE = 500

/** Work that was withdrawn after it was begun is paid: what somebody is at is kept as an answer that could not be given. */
async function keepBegun(t: Transition, batch: Batch): Promise<void> {
  const begun = await Assignment.query({ client: t.trx })
    .whereNull('endedAt')
    .whereHas('task', (task) => void task.where({ kind: 'piece', groupKey: batch.id }))
    .preload('task')
  for (const assignment of begun) {
    const piece = await lockPiece(t, assignment.task.subjectId)
    if (!(await endAssignment(t, assignment, 'done'))) continue
    const sealer = await openSealer(piece.dataKeyId, t.trx)
    await insertAnswer(
      t,
      sealer,
      piece,
      { cannot: 'batch_canceled' },
      {
        pass: assignment.task.pass,
        userId: assignment.userId,
        assignmentId: assignment.id,
        packId: await packAt(t, assignment, batch.id),
      }
    )
  }
}

/** Nothing more is done about a batch: its open work is withdrawn, a part at a time. */
export async function clearBatch(id: string): Promise<void> {
  await withClaim('batch', id, 'canceling', async () => {
    for (let isDone = false; !isDone;)
      isDone = await transition(async (t) => {
        const batch = await Batch.query({ client: t.trx })
          .where({ id, state: 'canceling' })
          .forUpdate()
          .first()
        if (!batch) return true
        await keepBegun(t, batch)
        const withdrawn =
          (await withdrawOfGroup(t, 'piece', id, AT_ONCE)) +
          (await withdrawOfGroup(t, 'piece_decide', id, AT_ONCE))
        if (withdrawn > 0) return false
        const packs: { id: string }[] = await t.trx
          .from('packs')
          .where('batch_id', id)
          .whereNull('ended_at')
          .select('id')
        await endPacks(
          t,
          packs.map((pack) => pack.id),
          'withdrawn'
        )
        await batch.end(t)
        return true
      })
  })
}
