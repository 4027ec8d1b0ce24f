import Service from '#app/catalog/service'
import { frozenVersion } from '#app/catalog/frozen_version'
import { groupsOnPaper, keyedUnder, keyTaskOf } from '#app/keying/key_task_of'
import { askToKey, machineFor, machineRules } from '#app/keying/ask_to_key'
import { keyingIn } from '#app/keying/follow_plan'
import { keepResults } from '#app/keying/machine_keyer'
import { THIRD_PASS } from '#app/keying/passes'
import { resolve } from '#app/keying/resolve'
import { readingsOf } from '#app/intake/readings_of'
import Submission, { type SubmissionState } from '#app/submissions/submission'
import { versionOf } from '#app/submissions/version_of'
import { writeRevision, valueIn } from '#app/submissions/revision_values'
import { confirmContact } from '#app/registry/confirm_contact'
import { factsOf, searchTerms, writeSearchTokens } from '#app/submissions/search_tokens'
import { personToken } from '#app/submissions/person_token'
import { openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import { addTask } from '#app/tasks/add_task'
import { planOf } from '#app/tasks/plans/service_plan'

/** The submission's pages are read: every group on them is keyed by as many as it asks for, the machine among them. */
export async function openKeying(id: string): Promise<void> {
  const { serviceVersionId } = await Submission.findOrFail(id)
  const rules = await machineRules(await frozenVersion(serviceVersionId))
  await transition(async (t) => {
    const found = await lockWithVersion(t, id, ['reading'])
    if (!found) return
    const { submission } = found
    const plan = await planOf(found.version.serviceId, t.trx)
    if (plan) await submission.followPlan(plan.number, keyingIn(found.version, plan.keying))
    const version = await versionOf(submission, t.trx)
    const machine = await machineFor(t, submission, rules)
    for (const one of await groupsOnPaper(t.trx, submission, version))
      await askToKey(t, found, version, one, machine)
    await submission.askToKey(t)
  })
}

/** Looks whether all passes are there: they agree, or a third keyer or the leader is asked, or what was decided stands. */
export async function closeKeying(id: string): Promise<void> {
  await transition(async (t) => {
    const found = await lockWithVersion(t, id, ['keying', 'adjudicating'])
    if (!found) return
    const { submission, version } = found
    const sealer = await openSealer(submission.dataKeyId, t.trx)
    const onPaper = await groupsOnPaper(t.trx, submission, version)
    const groups = onPaper.map(({ group }) => group.key)
    const resolution = await resolve(submission, version, groups, sealer, t.trx)
    if (resolution.state === 'keying') return
    if (resolution.state === 'disagree') {
      for (const one of onPaper)
        if (resolution.thirds.includes(one.group.key))
          await addTask(t, keyTaskOf(found, one, THIRD_PASS))
      for (const groupKey of resolution.groups) {
        await addTask(t, {
          kind: 'adjudicate',
          subject: { type: 'submission', id },
          submissionId: id,
          clientId: submission.clientId,
          linkageId: submission.linkageId,
          groupKey,
          round: submission.round,
          dueOn: found.dueOn,
        })
      }
      if (resolution.groups.length > 0 && submission.state === 'keying')
        await submission.askToDecide(t)
      return
    }
    const value = valueIn(resolution.values)
    await writeRevision(t.trx, submission, resolution.values)
    const readings = await readingsOf(id, t.trx)
    await keepResults(t, submission, version, readings, (key) => resolution.values.get(key)?.value)
    await writeSearchTokens(t.trx, id, searchTerms(version.description.person, value))
    await confirmContact(t, submission, factsOf(version.description.person, value))
    const askedBy = value(version.description.person.askedBy)
    await submission
      .merge({
        person: personToken({ submissionId: id, fields: version.description.person, value }),
        askedBy: ['self', 'family', 'proxy'].includes(askedBy) ? askedBy : null,
      })
      .save()
    await submission.verify(t)
  })
}

async function lockWithVersion(t: Transition, id: string, states: SubmissionState[]) {
  const submission = await Submission.query({ client: t.trx })
    .where('id', id)
    .whereIn('state', states)
    .forUpdate()
    .first()
  if (!submission) return null
  const version = await versionOf(submission, t.trx)
  const service = await Service.query({ client: t.trx })
    .where('id', version.serviceId)
    .firstOrFail()
  return { ...(await keyedUnder(t.trx, submission, service)), version }
}
