import type User from '#app/people/user'
import { activeBookings } from '#app/bookings/active_booking'
import { frozenVersion } from '#app/catalog/frozen_version'
import { normalize } from '#app/catalog/field_values'
import type { Problem } from '#app/catalog/fields/field_kind'
import Correction, { answerSealContext } from '#app/clients/correction'
import {
  latestValues,
  writeRevision,
  valueIn,
  type StandingValue,
} from '#app/submissions/revision_values'
import { submissionListeners } from '#app/submissions/submission_listener'
import { askingPerson, personToken, personTokens } from '#app/submissions/person_token'
import { confirmContact } from '#app/registry/confirm_contact'
import {
  factsOf,
  searchTerms,
  writeSearchTokens,
  type PersonFacts,
  type SearchTerm,
} from '#app/submissions/search_tokens'
import Submission from '#app/submissions/submission'
import { openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'

export type Decided =
  | { ok: true }
  | { ok: false; reason: 'late' }
  | { ok: false; reason: 'doubtful'; problem: Problem | 'person_booked'; typed: string }

/** The leader corrects a value, which makes a new revision and hands it over again; or keeps it (null). */
export async function decideCorrection(
  user: User,
  assignment: Assignment,
  typed: string | null,
  /** the text that was asked about and is meant as written; null where nothing was confirmed */
  confirmed: string | null
): Promise<Decided> {
  return transition(async (t) => {
    const correction = await Correction.query({ client: t.trx })
      .where({ id: assignment.task.subjectId, state: 'open' })
      .forUpdate()
      .first()
    if (!correction) return { ok: false, reason: 'late' }
    const submission = await Submission.query({ client: t.trx })
      .where('id', correction.submissionId)
      .whereNot('state', 'erased')
      .forUpdate()
      .first()
    if (!submission) return { ok: false, reason: 'late' }
    const change = typed === null ? null : await changeOf(t, submission, correction, typed)
    if (change?.problem && confirmed !== typed)
      return { ok: false, reason: 'doubtful', problem: change.problem, typed: typed ?? '' }
    if (change?.othersBooking)
      return { ok: false, reason: 'doubtful', problem: 'person_booked', typed: typed ?? '' }
    if (!(await endAssignment(t, assignment, 'done'))) return { ok: false, reason: 'late' }
    if (change) await revise(t, user, submission, correction, change)
    await correction.decide(t, typed === null ? 'kept' : 'done', user.id)
    t.record({
      verb: typed === null ? 'correction.kept' : 'correction.done',
      subject: { type: 'correction', id: correction.id },
      clientId: submission.clientId,
      submissionId: submission.id,
      actorId: user.id,
      detail: { field: correction.fieldKey },
    })
    return { ok: true }
  })
}

interface Change {
  value: string
  problem?: Problem
  values: Map<string, StandingValue>
  person: string
  /** the corrected facts are those of somebody who has a booking already */
  othersBooking: boolean
  terms: SearchTerm[]
  facts: PersonFacts
}

/** Works out what a correction would make of a submission. */
async function changeOf(
  t: Transition,
  submission: Submission,
  correction: Correction,
  typed: string
): Promise<Change> {
  const version = await frozenVersion(submission.serviceVersionId, t.trx)
  const { value, problem } = normalize(version.field(correction.fieldKey), typed)
  const values = new Map((await latestValues(submission, t.trx))?.values)
  values.set(correction.fieldKey, {
    value,
    basis: 'corrected',
    sourceType: 'correction',
    sourceId: correction.id,
  })
  const valueOf = valueIn(values)
  const who = askingPerson({ submission, version, value: valueOf })
  const known = await activeBookings(personTokens(who), version.serviceId, t.trx)
  const same = personTokens(who).includes(submission.person ?? '')
  return {
    value,
    problem,
    values,
    person: personToken(who),
    othersBooking: !same && known.some((booking) => booking.submissionId !== submission.id),
    terms: searchTerms(version.description.person, valueOf),
    facts: factsOf(version.description.person, valueOf),
  }
}

/** Writes the next revision and hands it over again. */
async function revise(
  t: Transition,
  user: User,
  submission: Submission,
  correction: Correction,
  { value, values, person, terms, facts }: Change
): Promise<void> {
  const sealer = await openSealer(submission.dataKeyId, t.trx)
  await writeRevision(t.trx, submission, values, { cause: 'corrected', by: user.id })
  await writeSearchTokens(t.trx, submission.id, terms)
  await confirmContact(t, submission, facts)
  await t.trx
    .from('corrections')
    .where('id', correction.id)
    .update({ value: sealer.sealText(answerSealContext(correction.id), value) })
  for (const { corrected } of submissionListeners.all()) await corrected?.(t, submission, person)
  await submission.verify(t, { actorId: user.id, person })
}
