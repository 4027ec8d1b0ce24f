import type User from '#app/people/user'
import { withdrawRegistering } from '#app/handover/connectors/by_hand/ask_to_register'
import type { HandoverContext } from '#app/handover/connector'
import { handoverContext } from '#app/handover/handover_context'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'
import { transition, type Transition } from '#app/core/transition'

/** A site that doesn't answer is tried again after this (minutes). */
const AGAIN_MINUTES = 30

export type RegisterOutcome =
  | { kind: 'registered'; number: string }
  /** the site has no place, or doesn't take what was written */
  | { kind: 'full' | 'rejected' }
  /** it doesn't answer now */
  | { kind: 'later' }
  /** it is taken back there */
  | { kind: 'canceled' }

/** `doubled`: somebody else has registered it meanwhile, under another number; one of both must go there */
export type Registering = 'done' | 'late' | 'doubled'

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
    if (!isHeld) return tooLate(t, user, context, outcome)
    if (outcome.kind !== 'later') await conclude(t, user, context, outcome)
    return 'done'
  })
}

async function conclude(
  t: Transition,
  user: User,
  { handover, submission }: HandoverContext,
  outcome: Exclude<RegisterOutcome, { kind: 'later' }>
): Promise<void> {
  const change = { actorId: user.id, toldTo: submission.id }
  if (outcome.kind === 'registered')
    return handover.finish(t, { reference: outcome.number }, change)
  if (outcome.kind === 'canceled') return handover.cancel(t, change)
  return handover.refuse(t, outcome.kind, change)
}

async function tooLate(
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
    await conclude(t, user, context, outcome)
    return 'done'
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
