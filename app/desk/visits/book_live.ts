import { wishesOf } from '#app/catalog/handover_rules'
import type User from '#app/people/user'
import { bookHeld } from '#app/bookings/held_place'
import { describeBooking, type DescribedBooking } from '#app/bookings/describe_booking'
import { leaveWaitingList } from '#app/rebooking/leave_waiting_list'
import { giveCoupon } from '#app/rebooking/give_coupon'
import { openPerson, type CurrentPerson } from '#app/desk/visits/current_person'
import Handover from '#app/handover/handover'
import { writeReadBack } from '#app/keying/write_read_back'
import { writeRevision } from '#app/submissions/revision_values'
import { confirmContact } from '#app/registry/confirm_contact'
import { factsOf, searchTerms, writeSearchTokens } from '#app/submissions/search_tokens'
import Submission from '#app/submissions/submission'
import { transition, type Transition } from '#app/core/transition'

export type BookedLive = { ok: true } | { ok: false; reason: 'hold_expired' | 'late' }

/**
 * The resident has heard or read everything back and agrees: that stands in for the second keyer. The held place
 * becomes the booking, in one transaction with the values that stand.
 */
export async function bookLive(user: User, submissionId: string): Promise<BookedLive> {
  return transition(async (t) => {
    const submission = await Submission.query({ client: t.trx })
      .where({ id: submissionId, state: 'collecting' })
      .forUpdate()
      .first()
    if (!submission) return { ok: false, reason: 'late' }
    const held: { id: string } | null = await t.trx
      .from('bookings')
      .where({ submission_id: submissionId, state: 'held' })
      .whereRaw('held_until > now()')
      .whereIn('slot_id', t.trx.from('slots').whereNull('closed_at').select('id'))
      .forUpdate()
      .select('id')
      .first()
    if (!held) return { ok: false, reason: 'hold_expired' }
    const person = await openPerson(submission, t.trx)
    const booking = await describeBooking(held.id, t.trx)
    const revisionId = await confirmReadBack(t, user, person, booking)
    const { connector } = person.asked.version.description.handover
    const handover = await Handover.open(t, submission, revisionId, connector)
    await handover.countAttempt(t)
    await handover.finish(t, { reference: held.id })
    if (!(await bookHeld(t, held.id, handover.id))) throw new Error('The lock on a hold was lost')
    await giveCoupon(t, user, person.asked, held.id)
    await leaveWaitingList(t, submission, booking.calendarId)
    await submission.verify(t, { actorId: user.id })
    t.record({
      verb: 'booking.made',
      subject: { type: 'booking', id: held.id },
      clientId: submission.clientId,
      submissionId,
      actorId: user.id,
    })
    return { ok: true }
  })
}

/** Both entries of every group, what stands, and what it can be found by. */
export async function confirmReadBack(
  t: Transition,
  user: User,
  { submission, sealer, draft, asked }: CurrentPerson,
  booking: DescribedBooking | null
): Promise<string> {
  const { version } = asked
  const wish = wishesOf(version.description.handover)[0]
  const all: Record<string, string> = {
    ...draft.values,
    ...(booking ? { [wish]: booking.startsAt.slice(5).replace('T', ' ') } : {}),
  }
  const standing = await writeReadBack(t, submission, sealer, version, {
    userId: user.id,
    values: all,
  })
  const revision = await writeRevision(t.trx, submission, standing)
  const value = (field: string | undefined) => (field && all[field]) || ''
  await writeSearchTokens(t.trx, submission.id, searchTerms(version.description.person, value))
  await confirmContact(t, submission, factsOf(version.description.person, value))
  return revision.id
}
