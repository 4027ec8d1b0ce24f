import Service from '#app/catalog/service'
import type { EntryGroup } from '#app/catalog/description'
import { frozenVersion } from '#app/catalog/frozen_version'
import type ServiceVersion from '#app/catalog/service_version'
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
    for (const one of await groupsOnPaper(t, submission, version)) {
      const mayKey = byMachine && one.laidOut && isForMachine(one.group, version)
      const keyed = mayKey
        ? await keyByMachine(t, submission, one.group, byMachine)
        : new Set<string>()
      for (const pass of passesOf(one.group, keyed)) await askToKey(t, found, one, pass)
    }
    await submission.askToKey(t)
  })
}

/** Somebody is to key a group. */
async function askToKey(
  t: Transition,
  { submission, homeWorkAgreed, dueOn }: Found,
  { group, laidOut }: OnPaper,
  pass: number
): Promise<void> {
  // A page that could not be laid out is shown whole: that tells who it is, whatever the group.
  const links = laidOut ? group.home : 'never'
  await addTask(t, {
    kind: 'key',
    subject: { type: 'submission', id: submission.id },
    submissionId: submission.id,
    clientId: submission.clientId,
    linkageId: submission.linkageId,
    groupKey: group.key,
    round: submission.round,
    pass,
    dueOn,
    links,
    mayBeAtHome: homeWorkAgreed && links !== 'never',
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
    const onPaper = await groupsOnPaper(t, submission, version)
    const groups = onPaper.map(({ group }) => group.key)
    const resolution = await resolve(submission, version, groups, sealer, t.trx)
    if (resolution.state === 'keying') return
    if (resolution.state === 'disagree') {
      for (const one of onPaper)
        if (resolution.thirds.includes(one.group.key)) await askToKey(t, found, one, THIRD_PASS)
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

type Found = NonNullable<Awaited<ReturnType<typeof lockWithVersion>>>

/** A group whose side came in, and whether its places were found there. */
interface OnPaper {
  group: EntryGroup
  laidOut: boolean
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
  const order: { home_work_agreed: boolean; due_on: string } | null = submission.workOrderId
    ? await t.trx
        .from('work_orders')
        .where('id', submission.workOrderId)
        .select('home_work_agreed', 'due_on')
        .first()
    : null
  return {
    submission,
    version,
    // A work order can forbid what the service allows, never the other way round.
    homeWorkAgreed: service.homeWorkAgreed && (order?.home_work_agreed ?? true),
    dueOn: order?.due_on,
  }
}

/** A side that never came has no snippets: its groups are not keyed. */
async function groupsOnPaper(
  t: Transition,
  submission: Submission,
  version: ServiceVersion
): Promise<OnPaper[]> {
  const sides: { form_page: number; registered_image: string | null }[] = await t.trx
    .from('pages')
    .where({ submission_id: submission.id, state: 'matched' })
    .select('form_page', 'registered_image')
  return version.description.groups.flatMap((group) => {
    const side = sides.find((one) => one.form_page === group.page)
    return side ? [{ group, laidOut: side.registered_image !== null }] : []
  })
}
