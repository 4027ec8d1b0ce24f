import { DisputeSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

export type DisputeState = 'open' | 'answered' | 'withdrawn'

const RULES: StateRules<DisputeState> = {
  table: 'disputes',
  subject: 'dispute',
  // It is of somebody who works here, not of a client.
  client: 'cast(null as uuid)',
  from: { open: [], answered: ['open'], withdrawn: ['open'] },
}

/** Somebody says that the figures of a day of their work are wrong. Its state changes by its methods alone. */
export default class Dispute extends DisputeSchema {
  declare state: DisputeState

  /** Somebody else says what is so; false where it is answered, or taken back. */
  static async answer(t: Transition, id: string, answer: string, by: string): Promise<boolean> {
    const changed = await changeState(t, RULES, [id], 'answered', {
      actorId: by,
      set: { answer, answered_by: by },
    })
    await t.trx
      .from('disputes')
      .whereIn(
        'id',
        changed.map((one) => one.id)
      )
      .update({ answered_at: t.trx.raw('now()') })
    return changed.length > 0
  }

  /** Whoever has said it takes it back. */
  static async withdraw(t: Transition, id: string, by: string): Promise<boolean> {
    return (await changeState(t, RULES, [id], 'withdrawn', { actorId: by })).length > 0
  }
}
