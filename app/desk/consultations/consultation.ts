import { ConsultationSchema } from '#database/schema'

export const TOPICS = ['device_choice', 'set_up', 'operation', 'other'] as const

/** What was done and what is still to be done; sealed, as people tell much while they are helped. */
export interface ConsultationNotes {
  steps: string
  followUp: string
  /** kana and phone of who asked, where a follow-up was promised */
  who: string
}

/** Help that isn't a booking 相談. */
export default class Consultation extends ConsultationSchema {
  declare topic: (typeof TOPICS)[number]
  declare state: 'open' | 'done'
}

/** What the notes are bound to. */
export const notesSealContext = (id: string) => `consultations.notes:${id}`
