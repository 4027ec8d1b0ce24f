import { randomInt } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import Service from '#app/catalog/service'
import { frozenVersion } from '#app/catalog/frozen_version'
import { RECHECK_PASS } from '#app/keying/passes'
import { groupsOnPaper, keyedUnder, keyTaskOf } from '#app/keying/key_task_of'
import { foundNothing, isDue, mondayOf } from '#app/keying/rechecks/plan'
import Submission from '#app/submissions/submission'
import { addTask } from '#app/tasks/add_task'
import { withdrawPass } from '#app/tasks/withdraw_tasks'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { transition, type Transition } from '#app/core/transition'

/** Requests that came longer ago aren't looked at again; younger ones may still change (days). */
const OLDEST_DAYS = 30
const YOUNGEST_DAYS = 1
/** Requests that are looked at for one of the service. */
const LOOKED_AT = 2000
const CANDIDATES = 10

/** Now and then, when something was keyed, something of the same service that is known already is to be keyed again. */
export async function plantRecheck(t: Transition, serviceId: string): Promise<void> {
  if (!(await isDue(t, serviceId))) return
  for (const id of await knownRequests(t, serviceId)) {
    const submission = await Submission.query({ client: t.trx }).where('id', id).firstOrFail()
    const version = await frozenVersion(submission.serviceVersionId, t.trx)
    const groups = await groupsOnPaper(t.trx, submission, version)
    if (groups.length === 0) continue
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
    if (planted.length === 0) continue
    const service = await Service.query({ client: t.trx }).where('id', serviceId).firstOrFail()
    const under = await keyedUnder(t.trx, submission, service)
    // Without a day of its own it comes with what is keyed now.
    return addTask(t, { ...keyTaskOf(under, one, RECHECK_PASS), dueOn: today() })
  }
  foundNothing(serviceId)
}

/** Finds some requests of a service that are handed over, from a moment that chance says: nobody's first. */
async function knownRequests(t: Transition, serviceId: string): Promise<string[]> {
  const daysAgo = YOUNGEST_DAYS + randomInt((OLDEST_DAYS - YOUNGEST_DAYS) * 1000) / 1000
  const { rows } = await t.trx.rawQuery<{ rows: { id: string }[] }>(
    `select s.id from (
       (select id, service_version_id, state, channel, protected from submissions
        where created_at >= now() - make_interval(secs => :from) and created_at < now() - interval '${YOUNGEST_DAYS} days'
        order by created_at limit ${LOOKED_AT})
       union all
       (select id, service_version_id, state, channel, protected from submissions
        where created_at >= now() - interval '${OLDEST_DAYS} days' and created_at < now() - make_interval(secs => :from)
        order by created_at desc limit ${LOOKED_AT})) as s
     join service_versions v on v.id = s.service_version_id
     where v.service_id = :service and s.state in ('replying', 'closed') and s.channel = 'paper' and not s.protected
     limit ${CANDIDATES}`,
    { from: daysAgo * 86_400, service: serviceId }
  )
  return rows.map(({ id }) => id)
}

/** Days in which nobody has keyed it again. */
const UNKEYED_DAYS = 7
const AT_ONCE = 200

/** Withdraws what nobody could key again: its pictures may be gone soon. Run daily. */
export async function dropOldRechecks(): Promise<void> {
  const over: { id: string; submission_id: string; group_key: string }[] = await db
    .from('rechecks')
    .whereNull('keyed_at')
    .whereNull('dropped_at')
    .whereRaw(`created_at < now() - interval '${UNKEYED_DAYS} days'`)
    .orderBy('created_at')
    .limit(AT_ONCE)
    .select('id', 'submission_id', 'group_key')
  for (const { id, submission_id: submissionId, group_key: groupKey } of over)
    await transition(async (t) => {
      await t.trx
        .from('rechecks')
        .where('id', id)
        .whereNull('keyed_at')
        .update({ dropped_at: t.trx.raw('now()') })
      await withdrawPass(
        t,
        { type: 'submission', id: submissionId },
        { kind: 'key', groupKey, pass: RECHECK_PASS }
      )
    })
}
