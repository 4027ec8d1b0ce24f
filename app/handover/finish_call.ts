import type User from '#app/people/user'
import { activeBookings } from '#app/bookings/active_booking'
import { takeFreePlace } from '#app/bookings/take_free_place'
import type { HandoverContext } from '#app/handover/connector'
import { slotsOf } from '#app/handover/connectors'
import { askingPerson, personTokens } from '#app/submissions/person_token'
import { refuseCalls } from '#app/registry/refused_numbers'
import { handoverContext } from '#app/handover/handover_context'
import { transition, type Transition } from '#app/core/transition'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'

/** After this many calls that reached nobody, a letter goes. */
const MAX_CALLS = 3
/** Somebody who wasn't reached is called again after this (minutes). */
const CALL_AGAIN_MINUTES = 180

export type CallOutcome =
  { kind: 'booked'; slotId: string } | { kind: 'not_reached' } | { kind: 'declined' }
export type Called = { ok: true } | { ok: false; reason: 'late' | 'slot_taken' }

class SlotTaken extends Error {}

/** Keeps what came of a call. A slot that was taken in the meantime leaves everything as it was. */
export async function finishCall(
  caller: User,
  assignment: Assignment,
  outcome: CallOutcome
): Promise<Called> {
  try {
    return await transition((t) => finish(t, caller, assignment, outcome))
  } catch (error) {
    if (error instanceof SlotTaken) return { ok: false, reason: 'slot_taken' }
    throw error
  }
}

async function finish(
  t: Transition,
  caller: User,
  assignment: Assignment,
  outcome: CallOutcome
): Promise<Called> {
  const asked: { id: string } | null = await t.trx
    .from('handovers')
    .where({ submission_id: assignment.task.subjectId, state: 'asked' })
    .orderBy('created_at', 'desc')
    .select('id')
    .first()
  if (!asked) return { ok: false, reason: 'late' }
  const context = await handoverContext(t, asked.id)
  const { handover, submission } = context
  const attempts = handover.attempts + 1
  // Where nobody is to call any more, nobody tries again.
  const again =
    outcome.kind === 'not_reached' && attempts <= MAX_CALLS && !(await isRefused(t, context))
  if (
    !(await endAssignment(
      t,
      assignment,
      again ? 'given_back' : 'done',
      again ? CALL_AGAIN_MINUTES : 0
    ))
  )
    return { ok: false, reason: 'late' }

  await handover.countAttempt(t)
  if (outcome.kind === 'booked') await bookOnThePhone(t, context, outcome.slotId)
  else if (outcome.kind === 'declined') await handover.refuse(t, 'declined')
  else if (!again) await handover.refuse(t, 'full')
  t.record({
    verb: `call.${outcome.kind}`,
    subject: { type: 'handover', id: handover.id },
    clientId: submission.clientId,
    submissionId: submission.id,
    actorId: caller.id,
    detail: { attempt: attempts - 1 },
  })
  return { ok: true }
}

async function isRefused(
  t: Transition,
  { submission: { clientId }, version, value }: HandoverContext
): Promise<boolean> {
  const phone = value(version.description.person.phone)
  const [refused] = await refuseCalls([{ clientId, phone }], t.trx)
  return refused
}

async function bookOnThePhone(
  t: Transition,
  context: HandoverContext,
  slotId: string
): Promise<void> {
  const { handover, submission } = context
  const request = await slotsOf(context.version).placeAt(context, slotId, 'phone', t.trx)
  if (!request) throw new SlotTaken()
  const taken = await takeFreePlace(t, request, { state: 'booked', handoverId: handover.id })
  if (!taken.ok && taken.reason === 'already') {
    const known = await activeBookings(
      personTokens(askingPerson(context)),
      context.version.serviceId,
      t.trx
    )
    const same = known.find((booking) => booking.dose === request.dose)
    return handover.finish(t, { reference: same?.id ?? null, reason: 'already' })
  }
  if (!taken.ok) throw new SlotTaken()
  await handover.finish(t, { reference: taken.bookingId })
  t.record({
    verb: 'booking.made',
    subject: { type: 'booking', id: taken.bookingId },
    clientId: submission.clientId,
    submissionId: submission.id,
  })
}
