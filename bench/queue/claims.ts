import db from '@adonisjs/lucid/services/db'
import { transition } from '#app/core/transition'
import type User from '#app/people/user'
import { endAssignment } from '#app/tasks/end_assignment'
import { takeNextTask } from '#app/tasks/take_next_task'
import { percentile, report } from '#bench/report'

const ROUNDS = 5
const CONNECTIONS = 10

/** Claims in the process, beside the bare SQL of the same claim; what was claimed is done before the next. */
export async function benchClaims(operators: User[]): Promise<void> {
  const bare = await race(operators, bareClaim)
  const ours = await race(operators, claim)
  report(
    'queue',
    { name: 'claims_per_second', value: ours.perSecond, unit: '1/s' },
    { name: 'bare SQL of the same claim', value: bare.perSecond, moreIsBetter: true }
  )
  for (const percent of [50, 95, 99])
    report(
      'queue',
      { name: `claim_p${percent}_ms`, value: percentile(ours.times, percent), unit: 'ms' },
      {
        name: 'bare SQL of the same claim',
        value: percentile(bare.times, percent),
        moreIsBetter: false,
      }
    )
}

type Claim = (user: User) => Promise<() => Promise<unknown>>

/** Operators claim a task each, over as many connections as a server has; then, untimed, all is done; and again. */
async function race(operators: User[], claimFor: Claim) {
  const times: number[] = []
  let seconds = 0
  for (let round = 0; round < ROUNDS; round++) {
    const waiting = [...operators]
    const finishes: (() => Promise<unknown>)[] = []
    const began = performance.now()
    await overConnections(async () => {
      for (let user = waiting.pop(); user; user = waiting.pop()) {
        const from = performance.now()
        finishes.push(await claimFor(user))
        times.push(performance.now() - from)
      }
    })
    seconds += (performance.now() - began) / 1000
    await overConnections(async () => {
      for (let finish = finishes.pop(); finish; finish = finishes.pop()) await finish()
    })
  }
  return { times, perSecond: times.length / seconds }
}

async function overConnections(run: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: CONNECTIONS }, run))
}

const claim: Claim = async (user) => {
  const taken = await takeNextTask(user, 'center', { kind: 'key' })
  if (!taken.ok) throw new Error(`${user.login}: ${taken.reason}`)
  return () => transition((t) => endAssignment(t, taken.assignment, 'done'))
}

/** Who may do it, and whom it concerns, are not asked. */
const bareClaim: Claim = async (user) => {
  const { rows }: { rows: { task_id: string }[] } = await db.rawQuery(
    `with next as (
       select id from tasks where state = 'open' and not held and kind = 'key' and site = 'any' and coalesce(skill, '') = ''
       order by priority desc, due_on, created_at, id for update skip locked limit 1),
     leased as (update tasks set state = 'leased' from next where tasks.id = next.id returning tasks.id)
     insert into assignments (id, task_id, user_id, site, fence, expires_at)
     select gen_random_uuid(), id, :user, 'center', 1, now() + interval '10 minutes' from leased
     returning task_id`,
    { user: user.id }
  )
  return () =>
    db.rawQuery(
      `with done as (update tasks set state = 'done', done_at = now() where id = :task)
       update assignments set ended_at = now(), ended_reason = 'done' where task_id = :task`,
      { task: rows[0].task_id }
    )
}
