import db from '@adonisjs/lucid/services/db'
import User from '#app/people/user'
import { report } from '#bench/report'
import { transition } from '#app/core/transition'
import { endAssignment } from '#app/tasks/end_assignment'
import { takeNextTask } from '#app/tasks/take_next_task'

/** People at home, and what each does one after the other. */
const PEOPLE = 40
const TASKS = 25
const CONNECTIONS = 10

/**
 * People at home work through the queue as quickly as they can, several at once: how many two parts of one request did
 * anybody see that together tell who somebody is? None may.
 */
export async function benchAtHome(operators: User[]): Promise<void> {
  const people = await asAtHome(operators.slice(-PEOPLE))
  const began = performance.now()
  let done = 0
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let user = people.pop(); user; user = people.pop())
        for (let task = 0; task < TASKS; task++) done += (await workOnce(user)) ? 1 : 0
    })
  )
  const seconds = (performance.now() - began) / 1000
  report('queue', { name: 'tasks_at_home_per_second', value: done / seconds, unit: '1/s' })
  report('queue', { name: 'linkable_pairs', value: await linkablePairs(), unit: 'pairs' })
}

/** The same people, who may work at home as well. */
async function asAtHome(operators: User[]): Promise<User[]> {
  const ids = operators.map(({ id }) => id)
  await db.from('users').whereIn('id', ids).update({ sites: '{center,home}' })
  return User.query().whereIn('id', ids)
}

async function workOnce(user: User): Promise<boolean> {
  const taken = await takeNextTask(user, 'home', { kind: 'key' })
  if (!taken.ok) return false
  await transition((t) => endAssignment(t, taken.assignment, 'done'))
  return true
}

/** Two parts of one request that somebody saw at home, of which neither is free to be seen with others. */
async function linkablePairs(): Promise<number> {
  const { rows } = await db.rawQuery<{ rows: { count: number }[] }>(
    `select count(*)::int as count from (
       select distinct a.user_id, t.linkage_id, t.subject_id, t.group_key from assignments a join tasks t on t.id = a.task_id
       where a.site = 'home' and t.links <> 'free') as one
     join (
       select distinct a.user_id, t.linkage_id, t.subject_id, t.group_key from assignments a join tasks t on t.id = a.task_id
       where a.site = 'home' and t.links <> 'free') as other
     on other.user_id = one.user_id and other.linkage_id = one.linkage_id
       and (other.subject_id, other.group_key) > (one.subject_id, one.group_key)`
  )
  return rows[0].count
}
