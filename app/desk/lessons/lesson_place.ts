import { LessonPlaceSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

export type LessonPlaceState = 'booked' | 'attended' | 'absent' | 'canceled'

const RULES: StateRules<LessonPlaceState> = {
  table: 'lesson_places',
  subject: 'lesson_place',
  from: {
    booked: ['attended', 'absent'],
    attended: ['booked', 'absent'],
    absent: ['booked', 'attended'],
    canceled: ['booked', 'attended', 'absent'],
  },
  client: '(select l.client_id from lessons l where l.id = r.lesson_id)',
}

/** Somebody's place in a lesson. Its state changes by its methods alone, each with its event. */
export default class LessonPlace extends LessonPlaceSchema {
  declare state: LessonPlaceState

  /** Marks who came and who didn't, or that a place is given back; false where that is no news. */
  static async mark(
    t: Transition,
    id: string,
    to: LessonPlaceState,
    actorId: string
  ): Promise<boolean> {
    return (await changeState(t, RULES, [id], to, { actorId })).length === 1
  }
}
