import db from '@adonisjs/lucid/services/db'
import { mayBeKeyed } from '#app/catalog/parts/group_part'
import Service from '#app/catalog/service'
import { frozenVersion } from '#app/catalog/frozen_version'
import type ServiceVersion from '#app/catalog/service_version'
import { askToKey, machineFor, machineRules } from '#app/keying/ask_to_key'
import { groupsOnPaper, keyedUnder, keyTaskOf } from '#app/keying/key_task_of'
import type { OfferRules } from '#app/reading/offer_rules'
import Submission from '#app/submissions/submission'
import { versionOf } from '#app/submissions/version_of'
import { transition, type Transition } from '#app/core/transition'
import { planOf } from '#app/tasks/plans/service_plan'
import { reopenAs } from '#app/tasks/reopen_tasks'
import { withdrawPass } from '#app/tasks/withdraw_tasks'

/** Requests that are planned anew before others are looked after. */
const AT_ONCE = 100
/** The passes of people that a plan makes more or fewer of. */
const PASSES = [1, 2]

/** A service's plan as far as a version has its groups, and what is keyed so would be enough. */
export function keyingIn(
  version: ServiceVersion,
  keying: NonNullable<Submission['keying']>
): Submission['keying'] {
  const known = Object.entries(keying).filter(
    ([group, by]) => by && version.hasGroup(group) && mayBeKeyed(version.description, by)
  )
  return known.length > 0 ? Object.fromEntries(known) : null
}

/**
 * Has what nobody has begun of a service's requests keyed by whom its plan says: passes that are too many go, others come.
 * @returns whether there is more of it
 */
export async function followKeying(serviceId: string): Promise<boolean> {
  const plan = await planOf(serviceId)
  if (!plan) return false
  const rows: { id: string; version: string }[] = await db
    .from('submissions as s')
    .join('service_versions as v', 'v.id', 's.service_version_id')
    .where('v.service_id', serviceId)
    .where('s.state', 'keying')
    .where('s.plan_number', '<', plan.number)
    .orderBy('s.id')
    .limit(AT_ONCE)
    .select('s.id', 'v.id as version')
  for (const { id, version } of rows) {
    const rules = await machineRules(await frozenVersion(version))
    await transition((t) => planAnew(t, id, rules))
  }
  return rows.length === AT_ONCE
}

async function planAnew(t: Transition, id: string, rules: OfferRules | null): Promise<void> {
  const submission = await Submission.query({ client: t.trx })
    .where({ id, state: 'keying' })
    .forUpdate()
    .first()
  if (!submission) return
  const frozen = await frozenVersion(submission.serviceVersionId, t.trx)
  const plan = await planOf(frozen.serviceId, t.trx)
  if (!plan) return
  const begun = await begunGroups(t, submission)
  const before = Object.entries(submission.keying ?? {}).filter(([group]) => begun.has(group))
  const after = Object.entries(plan.keying).filter(([group]) => !begun.has(group))
  await submission.followPlan(
    plan.number,
    keyingIn(frozen, Object.fromEntries([...before, ...after]))
  )
  const version = await versionOf(submission, t.trx)
  const service = await Service.query({ client: t.trx }).where('id', frozen.serviceId).firstOrFail()
  const under = await keyedUnder(t.trx, submission, service)
  const machine = await machineFor(t, submission, rules)
  for (const one of await groupsOnPaper(t.trx, submission, version)) {
    if (begun.has(one.group.key)) continue
    const passes = await askToKey(t, under, version, one, machine)
    for (const pass of PASSES) {
      const task = keyTaskOf(under, one, pass)
      if (passes.includes(pass)) await reopenAs(t, task)
      else await withdrawPass(t, task.subject, { kind: 'key', groupKey: one.group.key, pass })
    }
  }
}

/** Groups that somebody has keyed or is at: they stay as they were planned. */
async function begunGroups(t: Transition, { id, round }: Submission): Promise<Set<string>> {
  const keyed: { group_key: string }[] = await t.trx
    .from('entries')
    .where({ submission_id: id, round })
    .whereNot('source', 'machine')
    .select('group_key')
  // Nobody takes one meanwhile.
  const tasks: { id: string; group_key: string; state: string }[] = await t.trx
    .from('tasks')
    .where({ subject_type: 'submission', subject_id: id, kind: 'key', round })
    .orderBy('id')
    .forUpdate()
    .select('id', 'group_key', 'state')
  // What only lies ready for somebody is nobody's work yet.
  const begun: { task_id: string }[] = await t.trx
    .from('assignments')
    .whereIn(
      'task_id',
      tasks.map((task) => task.id)
    )
    .where('ahead', false)
    .whereNull('ended_at')
    .select('task_id')
  const isBegun = new Set(begun.map((lease) => lease.task_id))
  const taken = tasks.filter((task) => task.state === 'done' || isBegun.has(task.id))
  return new Set([...keyed, ...taken].map((row) => row.group_key))
}
