import { randomInt } from 'node:crypto'
import { frozenVersion } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import { groupsOnPaper, keyedUnder, keyTaskOf } from '#app/keying/key_task_of'
import { RECHECK_PASS } from '#app/keying/passes'
import { dueRechecks, mondayOf } from '#app/keying/rechecks/plan'
import { standing, stillStands } from '#app/keying/rechecks/still_stands'
import Submission from '#app/submissions/submission'
import { addTask } from '#app/tasks/add_task'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { tryLockName } from '#app/core/lock'
import { transition, type Transition } from '#app/core/transition'

/** Requests that came longer ago aren't looked at again; younger ones may still change (days). */
const OLDEST_DAYS = 30
const YOUNGEST_DAYS = 1
/** Requests that are looked at for some of the service. */
const LOOKED_AT = 2000
const CANDIDATES = 20
/** Of one service at once, so that they lie among other work. */
const AT_ONCE = 5
/** They come with what is keyed now, whatever its day is; what was put first goes before. */
const PRIORITY = 1

/** Has groups that are known already be keyed again, as many as are due. Run every minute, by any worker. */
export async function plantRechecks(): Promise<void> {
  await transition(async (t) => {
    if (!(await tryLockName(t.trx, 'plant rechecks'))) return
    for (const [serviceId, count] of await dueRechecks(t))
      await plantOf(t, serviceId, Math.min(AT_ONCE, count))
  })
}

async function plantOf(t: Transition, serviceId: string, count: number): Promise<void> {
  let left = count
  for (const id of await standing(t.trx, await knownRequests(t, serviceId))) {
    if (left > 0 && (await plant(t, serviceId, id))) left--
  }
}

async function plant(t: Transition, serviceId: string, id: string): Promise<boolean> {
  const submission = await Submission.query({ client: t.trx }).where('id', id).firstOrFail()
  const version = await frozenVersion(submission.serviceVersionId, t.trx)
  const groups = await groupsOnPaper(t.trx, submission, version)
  if (groups.length === 0 || !(await stillStands(t.trx, submission))) return false
  const one = groups[randomInt(groups.length)]
  const planted: unknown[] = await t.trx
    .knexQuery()
    .insert({
      id: newId(),
      client_id: submission.clientId,
      service_id: serviceId,
      submission_id: id,
      group_key: one.group.key,
      week: mondayOf(today()),
    })
    .into('rechecks')
    .onConflict(['submission_id', 'group_key'])
    .ignore()
    .returning('id')
  if (planted.length === 0) return false
  const service = await Service.query({ client: t.trx }).where('id', serviceId).firstOrFail()
  const under = await keyedUnder(t.trx, submission, service)
  await addTask(t, {
    ...keyTaskOf({ ...under, dueOn: undefined }, one, RECHECK_PASS),
    priority: PRIORITY,
  })
  return true
}

/** Finds some requests of a service that are handed over, from a moment that chance says: nobody's first. */
async function knownRequests(t: Transition, serviceId: string): Promise<string[]> {
  const daysAgo = YOUNGEST_DAYS + randomInt((OLDEST_DAYS - YOUNGEST_DAYS) * 1000) / 1000
  const within = (from: string, until: string, order: string) =>
    `(select * from submissions where service_version_id = v.id and created_at >= now() - ${from} and created_at < now() - ${until}
      order by created_at ${order} limit ${LOOKED_AT})`
  const [oldest, youngest] = [OLDEST_DAYS, YOUNGEST_DAYS].map((days) => `interval '${days} days'`)
  const then = 'make_interval(secs => :from)'
  const { rows } = await t.trx.rawQuery<{ rows: { id: string }[] }>(
    `select s.id from service_versions v cross join lateral (
       ${within(then, youngest, 'asc')} union all ${within(oldest, then, 'desc')}) as s
     where v.service_id = :service and s.state in ('replying', 'closed') and s.channel = 'paper' and not s.protected
       and not exists (select 1 from rechecks r where r.submission_id = s.id)
     limit ${CANDIDATES}`,
    { from: daysAgo * 86_400, service: serviceId }
  )
  return rows.map(({ id }) => id)
}
