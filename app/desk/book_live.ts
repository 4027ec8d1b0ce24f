import { wishesOf } from '#app/catalog/service_handover'
import type User from '#app/identity/user'
import { describeBooking, type DescribedBooking } from '#app/bookings/describe_booking'
import { giveCoupon } from '#app/bookings/give_coupon'
import { openPerson, type CurrentPerson } from '#app/desk/current_person'
import Handover from '#app/handover/handover'
import { entryPlace } from '#app/keying/entry'
import { writeRevision, type StandingValue } from '#app/submissions/revision_values'
import { settleContact } from '#app/register/settle_contact'
import { factsOf, searchTerms, writeSearchTokens } from '#app/submissions/search_tokens'
import Submission from '#app/submissions/submission'
import { newId } from '#app/shared/ids'
import { transition, type Transition } from '#app/shared/transition'

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
    const revisionId = await settleReadBack(t, user, person, booking)
    const connector = person.asked.version.description.handover.connector
    const handover = await Handover.create(
      {
        id: newId(),
        revisionId,
        connector,
        submissionId,
        clientId: submission.clientId,
        idempotencyKey: `${connector}:${revisionId}`,
        state: 'done',
        reference: held.id,
        attempts: 1,
      },
      { client: t.trx }
    )
    await t.trx
      .from('bookings')
      .where('id', held.id)
      .update({ state: 'booked', held_until: null, handover_id: handover.id })
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

/** Who has found a time waits no longer. */
async function leaveWaitingList(
  t: Transition,
  submission: Submission,
  calendarId: string
): Promise<void> {
  const waiting = t.trx
    .from('submissions')
    .where('person', submission.person ?? '')
    .whereNot('id', submission.id)
    .select('id')
  const left: { submission_id: string }[] = await t.trx
    .from('waiting_list')
    .where({ client_id: submission.clientId, calendar_id: calendarId })
    .whereIn('submission_id', waiting)
    .where('state', 'waiting')
    .update({ state: 'left' })
    .returning(['submission_id'])
  for (const { submission_id: id } of left) {
    await t.trx
      .from('handovers')
      .where({ submission_id: id, state: 'waiting' })
      .update({ state: 'canceled' })
    t.wake({ type: 'submission', id })
  }
}

/** Both entries of every group, what stands, and what it can be found by. */
export async function settleReadBack(
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
  const standing = new Map<string, StandingValue>()
  const entries = version.description.groups.flatMap((group) => {
    const values = Object.fromEntries(group.fields.map(({ key }) => [key, all[key] ?? '']))
    return (['person', 'read_back'] as const).map((source, index) => {
      const id = newId()
      for (const [field, value] of Object.entries(values))
        standing.set(field, { value, basis: 'read_back', sourceType: 'entry', sourceId: id })
      return {
        id,
        submission_id: submission.id,
        group_key: group.key,
        round: submission.round,
        pass: index + 1,
        source,
        user_id: source === 'person' ? user.id : null,
        values: sealer.sealJson(entryPlace(id), values),
      }
    })
  })
  await t.trx.table('entries').multiInsert(entries)
  const revision = await writeRevision(t.trx, submission, standing)
  const value = (field: string | undefined) => (field && all[field]) || ''
  await writeSearchTokens(t.trx, submission.id, searchTerms(version.description.person, value))
  await settleContact(t, submission, factsOf(version.description.person, value))
  return revision.id
}
