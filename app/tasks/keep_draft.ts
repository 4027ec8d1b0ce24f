import type { Transition } from '#app/core/transition'

/** Keeps what somebody had keyed for them to find again; `draft` is sealed. */
export async function keepDraft(t: Transition, assignmentId: string, draft: Buffer): Promise<void> {
  await t.trx.from('assignments').where('id', assignmentId).update({ draft })
}
