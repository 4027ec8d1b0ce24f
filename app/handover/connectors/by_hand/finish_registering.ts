import type User from '#app/people/user'
import { withdrawRegistering } from '#app/handover/connectors/by_hand/ask_to_register'
import Handover from '#app/handover/handover'
import type { HandoverContext } from '#app/handover/connector'
import { handoverContext } from '#app/handover/handover_context'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'
import { transition, type Transition } from '#app/core/transition'

/** A site that doesn't answer is tried again after this (minutes). */
const AGAIN_MINUTES = 30

export type RegisterOutcome =
  /** `known`: the number under which it was to be changed, as the screen said */
  | { kind: 'registered'; number: string; known: string | null }
  /** the site has no place, or doesn't take what was written */
  | { kind: 'full' | 'rejected' }
  /** it doesn't answer now */
  | { kind: 'later' }
  /** it is taken back there */
  | { kind: 'canceled' }

/**
 * `doubled`: somebody else has registered it meanwhile, under another number; one of both must go there.
 * `unwanted`: meanwhile it was corrected, or isn't wanted any more; what stands there is changed or taken back.
 */
export type Registering = 'done' | 'late' | 'doubled' | 'unwanted'

/**
 * Keeps what came of registering something in a site of others. What was done there was done: a number counts although
 * the lease had run out, as long as nobody else has brought one.
 */
export async function finishRegistering(
  user: User,
  assignment: Assignment,
  outcome: RegisterOutcome
): Promise<Registering> {
  return transition(async (t) => {
    const context = await handoverContext(t, assignment.task.subjectId)
    const isHeld =
      outcome.kind === 'later'
        ? await endAssignment(t, assignment, 'given_back', AGAIN_MINUTES)
        : await endAssignment(t, assignment, 'done')
    if (!isHeld) return keepLate(t, user, context, outcome)
    if (outcome.kind !== 'later') await keepOutcome(t, user, context, outcome)
    return 'done'
  })
}

async function keepOutcome(
  t: Transition,
  user: User,
  { handover, submission }: HandoverContext,
  outcome: Exclude<RegisterOutcome, { kind: 'later' }>
): Promise<void> {
  const change = { actorId: user.id, toldTo: submission.id }
  if (outcome.kind === 'registered') {
    for (const earlier of await Handover.of(t, submission.id, ['done'])) {
      // What was changed there is this now; a number that nobody knew of is one too many.
      const isThis = [null, outcome.number, outcome.known].includes(earlier.reference)
      await (isThis ? earlier.cancel(t) : earlier.takeBack(t))
    }
    return handover.finish(t, { reference: outcome.number }, change)
  }
  if (outcome.kind === 'canceled') return handover.cancel(t, change)
  return handover.refuse(t, outcome.kind, change)
}

async function keepLate(
  t: Transition,
  user: User,
  context: HandoverContext,
  outcome: RegisterOutcome
): Promise<Registering> {
  const { handover, submission } = context
  const isThere =
    (outcome.kind === 'registered' && handover.state === 'asked') ||
    (outcome.kind === 'canceled' && handover.state === 'canceling')
  if (isThere) {
    await withdrawRegistering(t, handover)
    await keepOutcome(t, user, context, outcome)
    return 'done'
  }
  if (outcome.kind === 'registered' && handover.state === 'canceled') {
    // Under another revision it is known there already, or about to be taken back.
    const there = await Handover.of(t, submission.id, ['done', 'canceling'])
    if (there.some(({ reference }) => reference === outcome.number)) return 'late'
    await keepUnwanted(t, user, context, outcome.number)
    return 'unwanted'
  }
  const isTwice = outcome.kind === 'registered' && handover.reference !== outcome.number
  if (!isTwice) return 'late'
  t.record({
    verb: 'handover.doubled',
    subject: { type: 'handover', id: handover.id },
    clientId: handover.clientId,
    submissionId: submission.id,
    actorId: user.id,
    detail: { number: outcome.number },
  })
  return 'doubled'
}

/** It stands there although it was canceled here: a later revision changes it under this number, else it is taken back. */
async function keepUnwanted(
  t: Transition,
  user: User,
  { handover, submission }: HandoverContext,
  number: string
): Promise<void> {
  const [later] = await Handover.of(t, submission.id, ['pending', 'asked'])
  await handover.finish(t, { reference: number }, { actorId: user.id })
  if (!later) await handover.takeBack(t, { toldTo: submission.id })
}
