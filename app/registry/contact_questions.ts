import type User from '#app/people/user'
import type { Contact } from '#app/registry/contact'
import type { StopKind } from '#app/registry/stop_kinds'
import type Submission from '#app/submissions/submission'
import { newId } from '#app/core/ids'
import type { Transition } from '#app/core/transition'

/** Asks a person about each who could be meant, once. */
export async function askWhoIsMeant(
  t: Transition,
  submission: Pick<Submission, 'id' | 'clientId'>,
  { maybe }: Contact
): Promise<void> {
  for (const one of maybe)
    await ask(t, submission, {
      kind: 'same_person',
      register_person_id: one.registerPersonId,
      stop_id: one.stopId,
      stop_kind: one.kind,
    })
}

/** Asks the client whether somebody may be called to whom nothing is sent, once. */
export async function askWhetherToCall(
  t: Transition,
  submission: Pick<Submission, 'id' | 'clientId'>,
  stop: StopKind
): Promise<void> {
  await ask(t, submission, { kind: 'may_call', stop_kind: stop })
}

async function ask(
  t: Transition,
  submission: Pick<Submission, 'id' | 'clientId'>,
  question: Record<string, string | null>
): Promise<void> {
  const asked: { id: string }[] = await t.trx
    .knexQuery()
    .insert({
      id: newId(),
      client_id: submission.clientId,
      submission_id: submission.id,
      ...question,
    })
    .into('contact_questions')
    .onConflict()
    .ignore()
    .returning('id')
  if (asked.length > 0)
    t.recordOnly({
      verb: 'contact.asked',
      subject: { type: 'submission', id: submission.id },
      clientId: submission.clientId,
      submissionId: submission.id,
      detail: { kind: String(question.kind), stop: String(question.stop_kind) },
    })
}

export interface OpenQuestion {
  id: string
  client_id: string
  submission_id: string
  kind: 'same_person' | 'may_call'
}

/** Keeps somebody's answer; null when it was answered already. */
export async function keepAnswer(
  t: Transition,
  user: User,
  id: string,
  answer: 'yes' | 'no'
): Promise<OpenQuestion | null> {
  const [question]: OpenQuestion[] = await t.trx
    .from('contact_questions')
    .where('id', id)
    .whereNull('answer')
    .if(!user.worksForCenter, (query) => query.where('client_id', user.organizationId))
    .update({ answer, answered_by: user.id, answered_at: t.trx.raw('now()') })
    .returning(['id', 'client_id', 'submission_id', 'kind'])
  if (!question) return null
  t.record({
    verb: `contact.answered_${answer}`,
    subject: { type: 'submission', id: question.submission_id },
    clientId: question.client_id,
    submissionId: question.submission_id,
    actorId: user.id,
    detail: { kind: question.kind },
  })
  return question
}
