import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { giveBackLeases } from '#app/tasks/give_back_leases'
import { transition, type Transition } from '#app/core/transition'

/** Tasks that are changed in one statement. */
const AT_ONCE = 2000

/** The service of a task `t`, where it is paused. */
const PAUSED = `submissions s join service_versions v on v.id = s.service_version_id
  join paused_services p on p.service_id = v.service_id`

/** SQL: whether work about a submission is of a service that is paused. */
export const IS_PAUSED = `exists (select 1 from ${PAUSED} where s.id = ?)`

/**
 * Work of a service is given to nobody until it is resumed; whoever has begun some goes on.
 * @returns false where it is paused already
 */
export async function pauseService(user: User, serviceId: string): Promise<boolean> {
  const isNew = await transition(async (t) => {
    const added: unknown[] = await t.trx
      .knexQuery()
      .insert({ service_id: serviceId, paused_by: user.id })
      .into('paused_services')
      .onConflict('service_id')
      .ignore()
      .returning('service_id')
    if (added.length > 0) record(t, user, serviceId, 'service.paused')
    return added.length > 0
  })
  await followPauses()
  return isNew
}

/** Its work is given out again; false where it wasn't paused. */
export async function resumeService(user: User, serviceId: string): Promise<boolean> {
  const isOver = await transition(async (t) => {
    const removed: unknown[] = await t.trx
      .from('paused_services')
      .where('service_id', serviceId)
      .delete()
      .returning(['service_id'])
    if (removed.length > 0) record(t, user, serviceId, 'service.resumed')
    return removed.length > 0
  })
  await followPauses()
  return isOver
}

/** Lists the ids of services that are paused. */
export async function pausedServices(): Promise<string[]> {
  const rows: { service_id: string }[] = await db.from('paused_services').select('service_id')
  return rows.map((row) => row.service_id)
}

/** Has all tasks follow what is paused, a part at a time. Run every minute too: a process may have died in between. */
export async function followPauses(): Promise<void> {
  if ((await pausedServices()).length > 0)
    await changeAll(
      true,
      `select t.id from tasks t join ${PAUSED} on s.id = t.submission_id
       where t.state in ('open', 'leased') and not t.held`
    )
  await changeAll(
    false,
    `select t.id from tasks t where t.held and not exists (select 1 from ${PAUSED} where s.id = t.submission_id)`
  )
  // What lay ready on somebody's screen isn't begun any more.
  await transition(async (t) => {
    const ready = t.trx
      .from('assignments')
      .where('ahead', true)
      .whereNull('ended_at')
      .whereIn('task_id', t.trx.from('tasks').where('held', true).select('id'))
    await giveBackLeases(t, ready, 'withdrawn')
  })
}

async function changeAll(held: boolean, which: string): Promise<void> {
  for (let changed = AT_ONCE; changed === AT_ONCE;) {
    const { rowCount } = await db.rawQuery<{ rowCount: number }>(
      `update tasks set held = :held where id in (${which} order by t.id limit ${AT_ONCE} for update of t)`,
      { held }
    )
    changed = rowCount
  }
}

function record(t: Transition, user: User, serviceId: string, verb: string): void {
  t.recordOnly({ verb, subject: { type: 'service', id: serviceId }, actorId: user.id })
}
