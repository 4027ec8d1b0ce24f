import { DisclosureSchema } from '#database/schema'
import type { RecordName } from '#app/center/residents/find_resident'
import { decideRow } from '#app/center/retention/consent'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

type DisclosureState = 'proposed' | 'approved' | 'declined' | 'handed_over'

const RULES: StateRules<DisclosureState> = {
  table: 'disclosures',
  subject: 'disclosure',
  from: {
    proposed: [],
    approved: ['proposed'],
    declined: ['proposed'],
    handed_over: ['approved'],
  },
}

/** Records that are to be shown to a resident who asks for what is kept of them. Its state changes by its methods alone, each with its event. */
export default class Disclosure extends DisclosureSchema {
  declare state: DisclosureState

  get named(): RecordName[] {
    return this.records as RecordName[]
  }

  /** Somebody of the client agrees, or doesn't. @returns false where that was decided before */
  decide(t: Transition, to: 'approved' | 'declined', by: { id: string }): Promise<boolean> {
    return decideRow(t, RULES, this.id, to, by)
  }

  /** It was given to the resident, or to who asks for them; nothing is taken out any more. @returns false where it couldn't */
  async handOver(
    t: Transition,
    by: { id: string },
    to: { on: string; whom: string }
  ): Promise<boolean> {
    const changed = await changeState(t, RULES, [this.id], 'handed_over', {
      set: { handed_on: to.on, handed_to: to.whom },
      actorId: by.id,
    })
    return changed.length === 1
  }
}
