import { CallBackSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

export type CallBackState = 'open' | 'reached' | 'declined' | 'letter' | 'given_up'

const RULES: StateRules<CallBackState> = {
  table: 'call_backs',
  subject: 'call_back',
  from: {
    // It may be made after all.
    open: ['given_up'],
    reached: ['open', 'letter'],
    declined: ['open', 'letter'],
    letter: ['open'],
    given_up: ['open'],
  },
}

/** Somebody who is to be called: they couldn't reach us, their day is closed, or a place has become free. Its state changes by its methods alone, each with its event. */
export default class CallBack extends CallBackSchema {
  declare state: CallBackState

  /** Ends it with what came of it. */
  async end(t: Transition, to: CallBackState, actorId?: string): Promise<void> {
    await CallBack.move(t, [this.id], to, actorId)
    await this.useTransaction(t.trx).refresh()
  }

  /** Moves those that may; which did. */
  static async move(
    t: Transition,
    ids: string[],
    to: CallBackState,
    actorId?: string
  ): Promise<string[]> {
    const changed = await changeState(t, RULES, ids, to, { actorId })
    return changed.map((one) => one.id)
  }
}

/** Outcomes of one call. `accepted` and `declined` answer an offered time. */
export const OUTCOMES = [
  'reached',
  'accepted',
  'declined',
  'family',
  'voicemail',
  'no_answer',
  'busy',
  'wrong_number',
] as const
export type CallOutcome = (typeof OUTCOMES)[number]
