import db from '@adonisjs/lucid/services/db'
import type { StrictValues } from '@adonisjs/lucid/types/querybuilder'
import { TaskSchema } from '#database/schema'
import {
  changeState,
  type Changed,
  type StateChange,
  type StateRules,
} from '#app/core/change_state'
import { keepEventsOf, publishCommitted, type Transition } from '#app/core/transition'
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

/** The facts of a task that are told of its lease. */
interface LeasedTask {
  id: string
  client: string
  submission: string | null
  kind: string
  group: string
}

type LeasedRow = Record<string, unknown> & { told: LeasedTask }

const LEASED = 'task.leased'
/** SQL: the detail of that event. It names `:site`. */
const DETAIL = `jsonb_build_object('kind', kind, 'group', group_key, 'site', cast(:site as text), 'from', 'open', 'to', 'leased')`

/** SQL: the queries that lease the task that is found, and keep the lease. */
const leasing = (finding: string, keeping: string) => `found as (${finding}),
  leased as (
    update tasks set state = 'leased' from found where tasks.id = found.id and tasks.state = 'open'
    returning tasks.*),
  ${keeping}`

type By = Pick<StateChange<TaskState>, 'actorId' | 'submissionId' | 'detail'>

/**
 * One unit of human work. What its kind means, its `TaskKind` knows. Its state changes by its methods alone, each with
 * its event.
 */
export default class Task extends TaskSchema {
  declare links: HomeRule
  declare site: 'any' | 'center'
  declare state: TaskState

  /**
   * Somebody takes on the one of which a query finds, and locks, the `id`.
   * @param keeping SQL of further queries of the statement: `kept` inserts the lease, and returns it. The task is `leased`
   * @returns the row of the lease
   */
  static async lease(
    t: Transition,
    finding: string,
    keeping: string,
    names: Record<string, StrictValues>,
    { actorId, detail }: Pick<By, 'actorId' | 'detail'>
  ): Promise<Record<string, unknown> | undefined> {
    const statement = `with ${leasing(finding, keeping)}
      select kept.*, json_build_object('id', leased.id, 'client', client_id, 'submission', submission_id,
        'kind', kind, 'group', group_key) as told
      from kept join leased on leased.id = kept.task_id`
    const { rows } = await t.trx.rawQuery<{ rows: LeasedRow[] }>(statement, names)
    const [row] = rows
    if (!row) return undefined
    const { told, ...lease } = row
    const { id, client, submission, kind, group } = told
    t.recordOnly({
      verb: LEASED,
      subject: { type: 'task', id },
      clientId: client,
      submissionId: submission,
      actorId,
      detail: { kind, group, ...detail, from: 'open', to: 'leased' },
    })
    return lease
  }

  /**
   * The same as one statement, with its event, and no transaction around it: a round trip to the database, not five.
   * @param only SQL of a query `free`, without a row of which nothing is taken
   * @param names also `user` and `site`
   */
  static async leaseAlone(
    only: string,
    finding: string,
    keeping: string,
    names: Record<string, StrictValues>
  ): Promise<Record<string, unknown> | undefined> {
    const within = `select head.id from (${finding}) as head where exists (select 1 from free)`
    const statement = `with free as (${only}), ${leasing(within, keeping)},
      told as (${keepEventsOf('leased', LEASED, 'task', DETAIL)})
      select kept.* from kept`
    const { rows } = await db
      .connection('leases')
      .rawQuery<{ rows: Record<string, unknown>[] }>(statement, names)
    if (rows.length > 0) publishCommitted([LEASED])
    return rows[0]
  }

  /** Marks it as done: what it asked for is there. */
  static async finish(t: Transition, id: string, by: By): Promise<void> {
    // PostgreSQL's word for when this transaction began.
    await changeState(t, RULES, [id], 'done', { ...by, set: { done_at: 'now' } })
  }

  /** It is there for others again, in so many minutes. */
  static async giveBack(t: Transition, id: string, minutes: number, by: By): Promise<void> {
    const change = { ...by, verb: 'task.given_back', from: ['leased'] as const }
    const [given] = await changeState(t, RULES, [id], 'open', change)
    if (!given) return
    // Whoever gives it back has it in no pack any more.
    await t.trx
      .from('tasks')
      .where('id', id)
      .update({
        pack_id: null,
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
    const change = { ...by, verb: 'task.taken_back', from: ['done'] as const }
    await changeState(t, RULES, [id], 'open', { ...change, set: { done_at: null } })
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
