import type User from '#app/identity/user'
import { activeBooking, bookSlot } from '#app/bookings/book_slot'
import { askingPerson, bookingRequest } from '#app/handover/booking_connector'
import { personTokens } from '#app/submissions/person_token'
import { wallTime } from '#app/shared/clock'
import type { HandoverContext } from '#app/handover/connector'
import { handoverContext } from '#app/handover/handover_context'
import { transition, type Transition } from '#app/shared/transition'
import type Assignment from '#app/work/assignment'
import { endAssignment } from '#app/work/end_assignment'

/** After this many calls that reached nobody, a letter goes. */
const MOST_CALLS = 3
/** Somebody who wasn't reached is called again after this (minutes). */
const CALL_AGAIN_MINUTES = 180

export type CallOutcome =
  { kind: 'booked'; slotId: string } | { kind: 'not_reached' } | { kind: 'declined' }
export type Called = { ok: true } | { ok: false; reason: 'late' | 'slot_taken' }

class SlotTaken extends Error {}

/** What came of a call. A slot that was taken in the meantime leaves everything as it was. */
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
    .select('id')
    .first()
  if (!asked) return { ok: false, reason: 'late' }
  const context = await handoverContext(t, asked.id)
  const { handover, submission } = context
  const attempts = handover.attempts + 1
  const again = outcome.kind === 'not_reached' && attempts <= MOST_CALLS
  if (
    !(await endAssignment(
      t,
      assignment,
      again ? 'given_back' : 'done',
      again ? CALL_AGAIN_MINUTES : 0
    ))
  )
    return { ok: false, reason: 'late' }

  if (outcome.kind === 'booked') await bookOnThePhone(t, context, outcome.slotId, attempts)
  else
    await handover
      .merge({
        attempts,
        state: outcome.kind === 'declined' ? 'declined' : again ? 'asked' : 'full',
      })
      .save()
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

async function bookOnThePhone(
  t: Transition,
  context: HandoverContext,
  slotId: string,
  attempts: number
): Promise<void> {
  const { handover, submission } = context
  const known = await activeBooking(
    t.trx,
    personTokens(askingPerson(context)),
    context.version.serviceId,
    context.version.description.handover.dose
  )
  if (known)
    return void (await handover.merge({ state: 'already', reference: known.id, attempts }).save())
  const offered = await t.trx
    .from('slots')
    .join('calendars', 'calendars.id', 'slots.calendar_id')
    .where({
      'slots.id': slotId,
      'calendars.client_id': submission.clientId,
      'calendars.slug': context.version.description.handover.calendar,
    })
    .where('slots.starts_at', '>', wallTime())
    .select('slots.id')
    .first()
  if (!offered) throw new SlotTaken()
  const booked = await bookSlot(t.trx, bookingRequest(context, slotId))
  if (!booked.ok) throw new SlotTaken()
  await handover.merge({ state: 'done', reference: booked.bookingId, attempts }).save()
  t.record({
    verb: 'booking.made',
    subject: { type: 'booking', id: booked.bookingId },
    clientId: submission.clientId,
    submissionId: submission.id,
  })
}
