import { BlankFormSchema } from '#database/schema'
import { moveRow, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'
import type { BlankRefusal } from '#app/reading/layout/read_blank'

type BlankFormState = 'received' | 'refused'

const RULES: StateRules<BlankFormState> = {
  table: 'blank_forms',
  subject: 'blank_form',
  from: { received: [], refused: ['received'] },
}

/**
 * A city's own form that was handed in for a draft, until the places on it are found. Its state changes by its methods
 * alone, each with its event.
 */
export default class BlankForm extends BlankFormSchema {
  declare state: BlankFormState
  declare reason: BlankRefusal | null

  /** It can't be used; another may be handed in. */
  async refuse(t: Transition, reason: BlankRefusal): Promise<void> {
    this.reason = reason
    this.file = null
    await moveRow(t, RULES, this, 'refused', { detail: { reason } })
  }
}
