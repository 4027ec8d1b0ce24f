import type User from '#app/people/user'
import { answerAgain } from '#app/replies/answer_again'
import { callBackReasons } from '#app/replies/calls/call_back_reason'
import { isRefusedCall } from '#app/replies/calls/phone_of_call'
import CallBack, { type CallOutcome } from '#app/replies/calls/call_back'
import { frozenVersion } from '#app/catalog/frozen_version'
import Submission from '#app/submissions/submission'
import { newId } from '#app/core/ids'
import { transition, type Transition } from '#app/core/transition'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'

/** After this many calls that reached nobody, a letter goes. */
const MAX_CALLS = 3
/** Somebody who wasn't reached is called again after this (minutes). */
const CALL_AGAIN_MINUTES: Partial<Record<CallOutcome, number>> = { busy: 15 }
const CALL_AGAIN_LATER = 180

export type CalledBack = { ok: true } | { ok: false; reason: 'late' | 'offer_gone' }

class OfferGone extends Error {}

/** Takes what came of calling somebody back. A time that is held no longer leaves everything as it was. */
export async function finishCallBack(
  user: User,
  assignment: Assignment,
  outcome: CallOutcome,
  /** of people told in the same call: those who take their time; the others don't */
  accepting: string[] = []
): Promise<CalledBack> {
  try {
    return await transition((t) => finish(t, user, assignment, outcome, accepting))
  } catch (error) {
    if (error instanceof OfferGone) return { ok: false, reason: 'offer_gone' }
    throw error
  }
}

async function finish(
  t: Transition,
  user: User,
  assignment: Assignment,
  outcome: CallOutcome,
  accepting: string[]
): Promise<CalledBack> {
  const callBack = await CallBack.query({ client: t.trx })
    .where({ id: assignment.task.subjectId, state: 'open' })
    .forUpdate()
    .first()
  if (!callBack) return { ok: false, reason: 'late' }
  const attempt = callBack.attempts + 1
  const ends = ['reached', 'accepted', 'declined', 'wrong_number'].includes(outcome)
  const again = !ends && attempt < MAX_CALLS && !(await isRefusedCall(callBack, t))
  const minutes = again ? (CALL_AGAIN_MINUTES[outcome] ?? CALL_AGAIN_LATER) : 0
  if (!(await endAssignment(t, assignment, again ? 'given_back' : 'done', minutes)))
    return { ok: false, reason: 'late' }
  await t.trx.table('call_attempts').insert({
    id: newId(),
    call_back_id: callBack.id,
    number: attempt,
    user_id: user.id,
    outcome,
  })
  await callBack.merge({ attempts: attempt }).save()
  if (!again) await callBack.end(t, await answer(t, user, callBack, outcome), user.id)
  if (!again) await answerOthers(t, user, callBack, outcome, accepting)
  t.record({
    verb: `call_back.${outcome}`,
    subject: { type: 'call_back', id: callBack.id },
    clientId: callBack.clientId,
    submissionId: callBack.submissionId,
    actorId: user.id,
    detail: { attempt },
  })
  t.announce('calls')
  return { ok: true }
}

/** Lets those told in the same call answer each for themselves. */
async function answerOthers(
  t: Transition,
  user: User,
  callBack: CallBack,
  outcome: CallOutcome,
  accepting: string[]
): Promise<void> {
  const others = await CallBack.query({ client: t.trx })
    .where({ togetherWith: callBack.id, state: 'open' })
    .orderBy('createdAt')
    .forUpdate()
  for (const other of others) {
    const own: CallOutcome =
      outcome !== 'accepted' && outcome !== 'declined'
        ? outcome
        : accepting.includes(other.id)
          ? 'accepted'
          : 'declined'
    await other.merge({ attempts: callBack.attempts }).save()
    await other.end(t, await answer(t, user, other, own), user.id)
    t.record({
      verb: `call_back.${own}`,
      subject: { type: 'call_back', id: other.id },
      clientId: other.clientId,
      submissionId: other.submissionId,
      actorId: user.id,
      detail: { attempt: callBack.attempts },
    })
  }
}

/** The last call: an answer is taken; where nobody was reached, a letter says what the call would have said. */
async function answer(
  t: Transition,
  user: User,
  callBack: CallBack,
  outcome: CallOutcome
): Promise<CallBack['state']> {
  const { bookingId } = callBack
  const { accept, decline } = callBackReasons.get(callBack.reason)
  if (outcome === 'accepted' && bookingId && accept) {
    if (!(await accept(t, user, bookingId))) throw new OfferGone()
    return 'reached'
  }
  if (outcome === 'declined') {
    if (bookingId) await decline?.(t, bookingId)
    return 'declined'
  }
  if (outcome === 'reached') return 'reached'
  return (await writeInstead(t, callBack)) ? 'letter' : 'given_up'
}

async function writeInstead(t: Transition, callBack: CallBack): Promise<boolean> {
  if (!callBack.submissionId) return false
  const submission = await Submission.query({ client: t.trx })
    .where('id', callBack.submissionId)
    .forUpdate()
    .first()
  const revision: { id: string } | null = await t.trx
    .from('revisions')
    .where('submission_id', callBack.submissionId)
    .orderBy('number', 'desc')
    .select('id')
    .first()
  if (!submission || !revision || submission.state === 'erased') return false
  const version = await frozenVersion(submission.serviceVersionId, t.trx)
  const kind = await callBackReasons.get(callBack.reason).unreached(t, callBack.bookingId)
  return kind === null || answerAgain(t, { submission, version }, revision.id, kind, callBack.id)
}
