import { CallSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

type CallState = 'ringing' | 'answered' | 'missed' | 'abandoned' | 'ended'

/** The states of a call, by how far it has come: news of an earlier one never leads back. */
const ORDER: readonly CallState[] = ['ringing', 'missed', 'abandoned', 'answered', 'ended']

const before = (state: CallState) => ORDER.slice(0, ORDER.indexOf(state))

const RULES: StateRules<CallState> = {
  table: 'calls',
  subject: 'call',
  from: {
    ringing: [],
    missed: before('missed'),
    abandoned: before('abandoned'),
    // Somebody else goes on with it.
    answered: [...before('answered'), 'answered'],
    ended: before('ended'),
  },
}

/**
 * An incoming call. Its number is sealed; an anonymous caller has none. Its state changes by its methods alone, each
 * with its event.
 */
export default class Call extends CallSchema {
  /** spoken through an interpreter (電話リレーサービス) or captioned (ヨメテル) */
  declare relay: 'relay' | 'yometel' | null
  declare state: CallState

  /** News of the telephone system; older than what is known, they change nothing. */
  async hear(t: Transition, state: CallState): Promise<void> {
    await changeState(t, RULES, [this.id], state, { from: before(state) })
    await this.useTransaction(t.trx).refresh()
  }

  /** Somebody speaks in it. One that has ended stays so: its notes are taken afterwards. */
  static async answer(t: Transition, id: string, actorId: string): Promise<void> {
    await changeState(t, RULES, [id], 'answered', { actorId, set: { answered_by: actorId } })
  }

  /** Nobody speaks in these any more; how many that is new for. */
  static async end(
    t: Transition,
    ids: string[],
    { from, actorId }: { from?: CallState[]; actorId?: string } = {}
  ): Promise<number> {
    const ended = await changeState(t, RULES, ids, 'ended', { from, actorId })
    return ended.length
  }
}

/** Names the place that the number of a call is bound to. */
export const callSealContext = (id: string) => `calls.number:${id}`
