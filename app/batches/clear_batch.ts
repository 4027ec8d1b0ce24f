import Batch from '#app/batches/batch'
import { endPacks } from '#app/batches/packs/end_packs'
import { withdrawOfGroup } from '#app/tasks/withdraw_tasks'
import { withClaim } from '#app/core/claim'
import { transition } from '#app/core/transition'

const AT_ONCE = 500

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
