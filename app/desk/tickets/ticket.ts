import { TicketSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

type TicketState = 'expected' | 'waiting' | 'called' | 'served' | 'left'

const RULES: StateRules<TicketState> = {
  table: 'tickets',
  subject: 'ticket',
  from: {
    expected: [],
    waiting: ['expected'],
    called: ['waiting', 'expected'],
    served: ['called'],
    left: ['expected', 'waiting', 'called'],
  },
}

/**
 * A numbered ticket 整理券 of one day. Appointments and walk-ins stand in one line, by the time that is theirs. Its state
 * changes by its methods alone, each with its event.
 */
export default class Ticket extends TicketSchema {
  declare kind: 'walk_in' | 'appointment'
  declare state: TicketState

  /** Marks that somebody who had an appointment has come. */
  static async arrive(t: Transition, id: string): Promise<void> {
    await changeState(t, RULES, [id], 'waiting')
  }

  /** Marks that somebody who was called isn't there, or has gone home. */
  static async leave(t: Transition, id: string): Promise<void> {
    await changeState(t, RULES, [id], 'left')
  }

  /** Their visit begins, at a counter where that is known. */
  static async call(
    t: Transition,
    id: string,
    visitId: string,
    { actorId, counter }: { actorId: string; counter?: number }
  ): Promise<void> {
    const set = { visit_id: visitId, ...(counter === undefined ? {} : { counter }) }
    const [called] = await changeState(t, RULES, [id], 'called', { actorId, set })
    if (!called) return
    await t.trx
      .from('tickets')
      .where('id', id)
      .update({ called_at: t.trx.raw('now()') })
  }

  /** The visit that a ticket was called to has ended. */
  static async serve(t: Transition, visitId: string, actorId: string): Promise<void> {
    const called: { id: string }[] = await t.trx
      .from('tickets')
      .where({ visit_id: visitId, state: 'called' })
      .select('id')
    const served = await changeState(
      t,
      RULES,
      called.map((one) => one.id),
      'served',
      { actorId }
    )
    await t.trx
      .from('tickets')
      .whereIn(
        'id',
        served.map((one) => one.id)
      )
      .update({ served_at: t.trx.raw('now()') })
  }
}

/** Names the place that the name on an appointment is bound to. */
export const ticketSealContext = (id: string) => `tickets.name:${id}`
