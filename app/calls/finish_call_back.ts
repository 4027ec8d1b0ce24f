import type User from '#app/identity/user'
import { acceptOffer, declineOffer, tellAgain } from '#app/bookings/settle_offer'
import CallBack, { type CallOutcome } from '#app/calls/call_back'
import { frozenVersion } from '#app/catalog/frozen_version'
import Submission from '#app/submissions/submission'
import { newId } from '#app/shared/ids'
import { transition, type Transition } from '#app/shared/transition'
import type Assignment from '#app/work/assignment'
import { endAssignment } from '#app/work/end_assignment'

/** After this many calls that reached nobody, a letter goes. */
const MOST_CALLS = 3
/** Somebody who wasn't reached is called again after this (minutes). */
const CALL_AGAIN_MINUTES: Partial<Record<CallOutcome, number>> = { busy: 15 }
const CALL_AGAIN_LATER = 180
/** Printing, post and an answer by phone (days). */
const LETTER_DAYS = 10

export type CalledBack = { ok: true } | { ok: false; reason: 'late' | 'offer_gone' }

class OfferGone extends Error {}

/** What came of calling somebody back. A time that is held no longer leaves everything as it was. */
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
  const again = !ends && attempt < MOST_CALLS
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
  await callBack
    .merge({ attempts: attempt, state: again ? 'open' : await settle(t, user, callBack, outcome) })
    .save()
  if (!again) await settleOthers(t, user, callBack, outcome, accepting)
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

/** Who was told in the same call: each answers for themselves. */
async function settleOthers(
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
    await other
      .merge({ attempts: callBack.attempts, state: await settle(t, user, other, own) })
      .save()
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
async function settle(
  t: Transition,
  user: User,
  callBack: CallBack,
  outcome: CallOutcome
): Promise<CallBack['state']> {
  const { reason, bookingId } = callBack
  if (outcome === 'accepted' && bookingId && reason !== 'missed') {
    if (!(await acceptOffer(t, user, bookingId, reason))) throw new OfferGone()
    return 'reached'
  }
  if (outcome === 'declined') {
    if (bookingId && reason !== 'missed') await declineOffer(t, bookingId, reason)
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
  if (callBack.reason === 'offer' && callBack.bookingId) {
    // Nobody was reached: the place goes on, and the letter says how to be reached.
    await declineOffer(t, callBack.bookingId, 'offer')
    return true
  }
  const held = callBack.bookingId !== null && (await keepForLetter(t, callBack.bookingId))
  const kind = callBack.reason !== 'closure' ? 'called' : held ? 'closure' : 'closed'
  return tellAgain(t, { submission, version }, revision.id, kind, callBack.id)
}

/** A letter takes its time: the place that it names is kept until it can be answered. */
async function keepForLetter(t: Transition, bookingId: string): Promise<boolean> {
  const [kept] = await t.trx
    .from('bookings')
    .where({ id: bookingId, state: 'held' })
    .update({ held_until: t.trx.raw(`now() + make_interval(days => ${LETTER_DAYS})`) })
    .returning(['id'])
  return kept !== undefined
}
