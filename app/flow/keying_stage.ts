import Service from '#app/catalog/service'
import { frozenVersion } from '#app/catalog/frozen_version'
import { groupsOnPaper, keyedUnder, keyTaskOf } from '#app/keying/key_task_of'
import { keepResults, keyByMachine, learntRules } from '#app/keying/machine_keyer'
import { isForMachine, passesOf, THIRD_PASS } from '#app/keying/passes'
import { resolve } from '#app/keying/resolve'
import { readingsOf } from '#app/intake/readings_of'
import type { OfferRules } from '#app/reading/offer_rules'
import Submission, { type SubmissionState } from '#app/submissions/submission'
import { writeRevision, valueIn } from '#app/submissions/revision_values'
import { confirmContact } from '#app/registry/confirm_contact'
import { factsOf, searchTerms, writeSearchTokens } from '#app/submissions/search_tokens'
import { personToken } from '#app/submissions/person_token'
import { openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import { addTask } from '#app/tasks/add_task'

/** The submission's pages are read: every group on them is keyed by as many as it asks for, the machine among them. */
export async function openKeying(id: string): Promise<void> {
  const rules = await rulesOf(id)
  await transition(async (t) => {
    const found = await lockWithVersion(t, id, ['reading'])
    if (!found) return
    const { submission, version } = found
    const byMachine = rules
      ? {
          readings: await readingsOf(id, t.trx),
          rules,
          sealer: await openSealer(submission.dataKeyId, t.trx),
        }
      : null
    for (const one of await groupsOnPaper(t.trx, submission, version)) {
      const mayKey = byMachine && one.laidOut && isForMachine(one.group, version)
      const keyed = mayKey
        ? await keyByMachine(t, submission, one.group, byMachine)
        : new Set<string>()
      for (const pass of passesOf(one.group, keyed)) await addTask(t, keyTaskOf(found, one, pass))
    }
    await submission.askToKey(t)
  })
}

/**
 * Finds what the machine may key of a submission; null where its service doesn't count that. Learnt before any row is
 * locked.
 */
async function rulesOf(id: string): Promise<OfferRules | null> {
  const { serviceVersionId } = await Submission.findOrFail(id)
  const version = await frozenVersion(serviceVersionId)
  return version.description.enoughBases.includes('machine') ? learntRules(version.serviceId) : null
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
  const version = await frozenVersion(submission.serviceVersionId, t.trx)
  const service = await Service.query({ client: t.trx })
    .where('id', version.serviceId)
    .firstOrFail()
  return { ...(await keyedUnder(t.trx, submission, service)), version }
}
