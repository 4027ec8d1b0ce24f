import { DisposalSchema } from '#database/schema'
import { decideRow } from '#app/center/retention/consent'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

type DisposalState = 'proposed' | 'approved' | 'declined' | 'carried_out'

/** Ends that the paper can come to. */
export const PAPER_ENDS = ['returned', 'destroyed'] as const

const RULES: StateRules<DisposalState> = {
  table: 'disposals',
  subject: 'disposal',
  from: {
    proposed: [],
    approved: ['proposed'],
    declined: ['proposed'],
    carried_out: ['approved'],
  },
}

/** Requests that are to be destroyed together, with a person's consent. Its state changes by its methods alone, each with its event. */
export default class Disposal extends DisposalSchema {
  declare state: DisposalState
  declare cause: 'rule' | 'order'
  declare paper: (typeof PAPER_ENDS)[number] | null

  /** Somebody of the client agrees, or doesn't. @returns false where that was decided before */
  decide(t: Transition, to: 'approved' | 'declined', by: { id: string }): Promise<boolean> {
    return decideRow(t, RULES, this.id, to, by)
  }

  /** Everything on it that wasn't held or opened again is destroyed. */
  async carryOut(t: Transition, detail: { erased: number; held: number }): Promise<void> {
    const changed = await changeState(t, RULES, [this.id], 'carried_out', { detail })
    if (changed.length > 0)
      await t.trx
        .from('disposals')
        .where('id', this.id)
        .update({ done_at: t.trx.raw('now()') })
  }
}
