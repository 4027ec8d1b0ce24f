import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

type WaitingState = 'waiting' | 'offered' | 'booked' | 'left'

const RULES: StateRules<WaitingState> = {
  table: 'waiting_list',
  subject: 'waiting_place',
  from: {
    // An offer that nobody answered.
    waiting: ['offered'],
    offered: ['waiting'],
    booked: ['offered'],
    left: ['waiting', 'offered'],
  },
}

/** The people whom a change of the waiting list is about. */
type Who = { id: string } | { submission_id: string } | { offered_booking_id: string }

/** Somebody's place on the waiting list: how it stands changes here alone, each time with its event. */
export const waitingPlace = {
  /** A time is held for them. */
  async offer(t: Transition, id: string, bookingId: string): Promise<void> {
    await changeState(t, RULES, [id], 'offered', { set: { offered_booking_id: bookingId } })
  },

  /** Ends what was offered: they wait on behind the others; how many. */
  async waitOn(t: Transition, bookingId: string): Promise<number> {
    const ids = await idsOf(t, { offered_booking_id: bookingId })
    const changed = await changeState(t, RULES, ids, 'waiting', {
      set: { offered_booking_id: null },
    })
    await t.trx
      .from('waiting_list')
      .whereIn(
        'id',
        changed.map((one) => one.id)
      )
      .update({ created_at: t.trx.raw('now()') })
    return changed.length
  },

  async book(t: Transition, bookingId: string): Promise<void> {
    await changeState(t, RULES, await idsOf(t, { offered_booking_id: bookingId }), 'booked')
  },

  /** They wait no longer. */
  async leave(t: Transition, who: Who, from?: readonly WaitingState[]): Promise<void> {
    await changeState(t, RULES, await idsOf(t, who), 'left', { from })
  },
}

async function idsOf(t: Transition, who: Who): Promise<string[]> {
  const rows: { id: string }[] = await t.trx.from('waiting_list').where(who).select('id')
  return rows.map((row) => row.id)
}
