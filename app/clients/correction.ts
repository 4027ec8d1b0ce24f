import { CorrectionSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

type CorrectionState = 'open' | 'done' | 'kept'

const RULES: StateRules<CorrectionState> = {
  table: 'corrections',
  subject: 'correction',
  from: { open: [], done: ['open'], kept: ['open'] },
}

/** Somebody says that a value is wrong; the leader decides. Its state changes by its methods alone, each with its event. */
export default class Correction extends CorrectionSchema {
  declare state: CorrectionState

  /** Somebody has decided. */
  async decide(t: Transition, to: 'done' | 'kept', actorId: string): Promise<void> {
    await changeState(t, RULES, [this.id], to, { actorId, set: { decided_by: actorId } })
    await t.trx
      .from('corrections')
      .where('id', this.id)
      .update({ decided_at: t.trx.raw('now()') })
  }

  /** There is nothing left to decide about a submission. */
  static async drop(t: Transition, submissionId: string): Promise<void> {
    const open: { id: string }[] = await t.trx
      .from('corrections')
      .where({ submission_id: submissionId, state: 'open' })
      .select('id')
    await changeState(
      t,
      RULES,
      open.map((one) => one.id),
      'kept'
    )
  }
}

/** Contexts that the sealed texts of a correction are bound to. */
export const requestSealContext = (id: string) => `corrections.request:${id}`
export const answerSealContext = (id: string) => `corrections.value:${id}`
