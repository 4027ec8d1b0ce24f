import { ConsultationSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

export const TOPICS = ['device_choice', 'set_up', 'operation', 'other'] as const

/** Notes of what was done and what is still to be done; sealed, as people tell much while they are helped. */
export interface ConsultationNotes {
  steps: string
  followUp: string
  /** who asked, where a follow-up was promised: in kana, and the phone with it until there was a field for that */
  who: string
  /** digits, or empty */
  phone?: string
  /** what a partner says it did */
  answer?: string
}

type ConsultationState = 'open' | 'done'

const RULES: StateRules<ConsultationState> = {
  table: 'consultations',
  subject: 'consultation',
  from: { open: [], done: ['open'] },
}

/** Help that isn't a booking 相談. Its state changes by its methods alone, each with its event. */
export default class Consultation extends ConsultationSchema {
  declare topic: (typeof TOPICS)[number]
  declare state: ConsultationState

  /** Marks what was promised as done. */
  static async finish(t: Transition, id: string, actorId: string): Promise<void> {
    await changeState(t, RULES, [id], 'done', { actorId })
  }

  /** Marks it as done by the partner that it was handed to, where it isn't yet. */
  static async answer(t: Transition, id: string, actorId: string): Promise<void> {
    await changeState(t, RULES, [id], 'done', {
      actorId,
      verb: 'consultation.reported',
    })
  }
}

/** Names the place that the notes are bound to. */
export const notesSealContext = (id: string) => `consultations.notes:${id}`
