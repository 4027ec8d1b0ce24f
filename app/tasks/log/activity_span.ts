import { ActivitySpanSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

/** Kinds of work that are no task, as people type them in. */
export const TYPED_KINDS = ['desk', 'phone', 'training', 'other'] as const

export type SpanState = 'counted' | 'asked' | 'approved' | 'declined' | 'withdrawn'

const RULES: StateRules<SpanState> = {
  table: 'activity_spans',
  subject: 'activity_span',
  // It is of somebody who works here, not of a client.
  client: 'cast(null as uuid)',
  from: {
    counted: [],
    asked: [],
    approved: ['asked'],
    declined: ['asked', 'approved'],
    withdrawn: ['asked'],
  },
}

/** Some time in which somebody worked: measured at a task, or typed in and approved. Its state changes by its methods alone. */
export default class ActivitySpan extends ActivitySpanSchema {
  declare kind: 'task' | (typeof TYPED_KINDS)[number]
  declare state: SpanState
  declare site: 'center' | 'home' | null

  /** It counts, or not; false where somebody has withdrawn it. */
  static async decide(
    t: Transition,
    id: string,
    to: 'approved' | 'declined',
    by: string
  ): Promise<boolean> {
    const changed = await changeState(t, RULES, [id], to, { actorId: by, set: { decided_by: by } })
    await t.trx
      .from('activity_spans')
      .whereIn(
        'id',
        changed.map((one) => one.id)
      )
      .update({ decided_at: t.trx.raw('now()') })
    return changed.length > 0
  }

  /** Whoever typed it in takes it back, as long as nobody has decided. */
  static async withdraw(t: Transition, id: string, by: string): Promise<boolean> {
    return (await changeState(t, RULES, [id], 'withdrawn', { actorId: by })).length > 0
  }
}
