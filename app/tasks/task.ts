import { TaskSchema } from '#database/schema'
import {
  changeState,
  type Changed,
  type StateChange,
  type StateRules,
} from '#app/core/change_state'
import type { Transition } from '#app/core/transition'
import type { HomeRule } from '#app/catalog/description'

type TaskState = 'open' | 'leased' | 'done' | 'withdrawn'

const RULES: StateRules<TaskState> = {
  table: 'tasks',
  subject: 'task',
  from: {
    // Given back, run out, taken back, or there to be done after all.
    open: ['leased', 'done', 'withdrawn'],
    leased: ['open'],
    done: ['leased'],
    withdrawn: ['open', 'leased'],
  },
}

type By = Pick<StateChange<TaskState>, 'actorId' | 'submissionId' | 'detail'>

/**
 * One unit of human work. What its kind means, its `TaskKind` knows. Its state changes by its methods alone, each with
 * its event.
 */
export default class Task extends TaskSchema {
  declare links: HomeRule
  declare site: 'any' | 'center'
  declare state: TaskState

  /** Somebody takes it on. */
  static async lease(t: Transition, id: string, by: By): Promise<void> {
    await changeState(t, RULES, [id], 'leased', by)
  }

  /** Marks it as done: what it asked for is there. */
  static async finish(t: Transition, id: string, by: By): Promise<void> {
    const [done] = await changeState(t, RULES, [id], 'done', by)
    if (!done) return
    await t.trx
      .from('tasks')
      .where('id', id)
      .update({ done_at: t.trx.raw('now()') })
  }

  /** It is there for others again, in so many minutes. */
  static async giveBack(t: Transition, id: string, minutes: number, by: By): Promise<void> {
    const change = { ...by, verb: 'task.given_back', from: ['leased'] as const }
    const [given] = await changeState(t, RULES, [id], 'open', change)
    if (!given) return
    await t.trx
      .from('tasks')
      .where('id', id)
      .update({
        available_at: t.trx.raw(`now() + make_interval(mins => ${Math.round(minutes)})`),
      })
  }

  /** Whoever had taken them has them no longer. */
  static async release(t: Transition, ids: string[], reason: 'expired' | 'withdrawn') {
    await changeState(t, RULES, ids, 'open', {
      verb: 'task.released',
      from: ['leased'],
      detail: { reason },
    })
  }

  /** Opens it once more: what it gave doesn't count. */
  static async takeBack(t: Transition, id: string, by: By): Promise<void> {
    await changeState(t, RULES, [id], 'open', { ...by, verb: 'task.taken_back', from: ['done'] })
    await t.trx.from('tasks').where('id', id).update({ done_at: null })
  }

  /** There is nothing left to do. */
  static withdraw(t: Transition, ids: string[]): Promise<Changed[]> {
    return changeState(t, RULES, ids, 'withdrawn')
  }

  /** Opens again what was withdrawn: it is to be done after all. */
  static async reopen(t: Transition, ids: string[]): Promise<void> {
    await changeState(t, RULES, ids, 'open', { verb: 'task.reopened', from: ['withdrawn'] })
  }
}
