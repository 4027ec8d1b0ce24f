import diagnostics from 'node:diagnostics_channel'
import { PREPARED_BEFORE } from '#config/prepare_statements'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { announcement, type Channel } from '#app/core/announce'
import { wakeWorkers } from '#app/core/queue'
import { flowSubjects, type Waiting } from '#app/core/subjects'

/** An event: what happened, to which record, by whom. Carries ids and plain facts, never personal data. */
export interface Happening {
  verb: string
  subject: { type: string; id: string }
  clientId?: string | null
  submissionId?: string | null
  actorId?: string | null
  detail?: Record<string, string | number | boolean | null>
}

/** Tells who listens (tracing, tests) which verbs a transaction has just committed. */
export const committed = diagnostics.channel('hashiwatashi:committed')

/**
 * SQL that keeps an event of a verb about each row of a query, in a statement of one's own. It names `:user`.
 * @param rows name of the query; its rows have `id`, `client_id` and `submission_id`
 * @param detail SQL of a jsonb value
 */
export const keepEventsOf = (rows: string, verb: string, subject: string, detail: string) => `
  insert into events (verb, subject_type, subject_id, client_id, submission_id, actor_id, detail)
  select '${verb}', '${subject}', id, client_id, submission_id, cast(:user as uuid), ${detail} from ${rows}`

/** Tells them of events that have just been kept. */
export function publishCommitted(verbs: string[]): void {
  if (verbs.length > 0) committed.publish({ verbs })
}

/** One transaction: rows change, events are kept, and who waits for them is woken after the commit. */
export class Transition {
  readonly #happenings: Happening[] = []
  readonly #woken = new Map<string, Waiting>()
  readonly #announced = new Set<Channel>()

  constructor(readonly trx: TransactionClientContract) {}

  /** Keeps an event and wakes its subject after the commit. */
  record(happening: Happening): void {
    this.#happenings.push(happening)
    const { type, id } = happening.subject
    if (flowSubjects.has(type)) this.wake({ type, id })
    if (happening.submissionId) this.wake({ type: 'submission', id: happening.submissionId })
  }

  /** Keeps an event that nothing is woken by: somebody looked, or a state changed that nothing waits for. */
  recordOnly(happening: Happening): void {
    this.#happenings.push(happening)
  }

  /** Wakes a subject after the commit; if that wake-up is lost, the sweeper finds it. */
  wake(subject: Waiting): void {
    this.#woken.set(`${subject.type}:${subject.id}`, subject)
  }

  /** Tells open screens, in whatever process they hang, that there is something new on a channel. */
  announce(channel: Channel): void {
    this.#announced.add(channel)
  }

  /** @internal */
  async finish(): Promise<{ woken: Waiting[]; verbs: string[] }> {
    const woken = [...this.#woken.values()]
    if (woken.length > 0)
      await this.trx.table('wakes').multiInsert(
        woken.map(({ type, id, turn, after = 0 }) => ({
          subject_type: type,
          subject_id: id,
          turn: turn ?? null,
          at: this.trx.raw('now() + make_interval(secs => ?)', [after]),
        }))
      )
    for (const channel of this.#announced)
      await this.trx.rawQuery('select pg_notify(?, ?)', announcement(channel))
    if (this.#happenings.length > 0) {
      await this.trx.table('events').multiInsert(
        this.#happenings.map((happening) => ({
          verb: happening.verb,
          subject_type: happening.subject.type,
          subject_id: happening.subject.id,
          client_id: happening.clientId ?? null,
          submission_id: happening.submissionId ?? null,
          actor_id: happening.actorId ?? null,
          detail: JSON.stringify(happening.detail ?? {}),
        }))
      )
    }
    return {
      woken: woken.filter(({ after }) => !after),
      verbs: this.#happenings.map((happening) => happening.verb),
    }
  }
}

/**
 * Two transactions waited for each other, or saw each other's rows change, or a statement was prepared before a table got
 * other columns: PostgreSQL sends one away, to come again.
 */
const COME_AGAIN = ['40P01', '40001', PREPARED_BEFORE]
const TRIES = 5

/** Whether PostgreSQL sent somebody away for another's sake: they may come again. */
export function isSentAway(error: unknown): boolean {
  return error instanceof Error && 'code' in error && COME_AGAIN.includes(String(error.code))
}

/**
 * Runs `work` in one transaction; once more when it was sent away for another's sake, so nothing within may reach
 * outside. Its events are written last, and after the commit the workers are woken for every subject that it touched.
 * @throws whatever `work` throws; then nothing has happened.
 */
export async function transition<T>(work: (t: Transition) => Promise<T>): Promise<T> {
  const { result, woken, verbs } = await inTransaction(work)
  publishCommitted(verbs)
  await wakeWorkers(woken)
  return result
}

async function inTransaction<T>(work: (t: Transition) => Promise<T>, attempt = 1) {
  try {
    return await db.transaction(async (trx) => {
      const t = new Transition(trx)
      const value = await work(t)
      return { result: value, ...(await t.finish()) }
    })
  } catch (error) {
    if (!isSentAway(error) || attempt === TRIES) throw error
    return inTransaction(work, attempt + 1)
  }
}
