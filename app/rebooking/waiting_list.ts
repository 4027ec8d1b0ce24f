import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { frozenVersion } from '#app/catalog/frozen_version'
import { takePlace } from '#app/bookings/take_place'
import type { Door } from '#app/bookings/calendar'
import { addCallBack, endCallBacks } from '#app/replies/calls/call_backs'
import { slotsOf } from '#app/handover/connectors'
import Handover from '#app/handover/handover'
import { lockSubmissions } from '#app/submissions/lock_submissions'
import Submission from '#app/submissions/submission'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import { newId } from '#app/core/ids'
import { waitingPlace } from '#app/rebooking/waiting_place'
import { transition, type Transition } from '#app/core/transition'

/** Minutes for which a freed place is kept for who is called about it. */
const OFFER_MINUTES = 24 * 60
/** So many who wait are looked at for a place that not everybody can have. */
const MAX_TRIED = 20

/** Puts somebody whose values stand on the list for the next free place. */
export async function waitForPlace(
  t: Transition,
  user: User,
  submission: Submission,
  revisionId: string,
  calendarId: string,
  door: Door,
  dose?: string
): Promise<void> {
  const version = await frozenVersion(submission.serviceVersionId, t.trx)
  await Handover.open(t, submission, revisionId, version.description.handover.connector, 'waiting')
  await t.trx.table('waiting_list').insert({
    id: newId(),
    client_id: submission.clientId,
    calendar_id: calendarId,
    submission_id: submission.id,
    door,
    dose: dose ?? null,
  })
  t.record({
    verb: 'waiting.entered',
    subject: { type: 'submission', id: submission.id },
    clientId: submission.clientId,
    submissionId: submission.id,
    actorId: user.id,
  })
}

/**
 * Places of a time may have become free: whoever waits longest and can have one is held for it, and called. The call
 * says whether they take it; if not, the next one is called. Each offer is a transition of its own.
 */
export async function offerFreed(slotId: string): Promise<void> {
  const waiting: { id: string; submission_id: string }[] = await db
    .from('waiting_list')
    .where('state', 'waiting')
    .whereIn('calendar_id', db.from('slots').where('id', slotId).select('calendar_id'))
    .orderBy('created_at')
    .limit(MAX_TRIED)
    .select('id', 'submission_id')
  for (const { id, submission_id: submissionId } of waiting) {
    const free = await transition(async (t) => {
      await lockSubmissions(t.trx, [submissionId])
      const row: WaitingRow | null = await t.trx
        .from('waiting_list')
        .where({ id, state: 'waiting' })
        .forUpdate()
        .select('id', 'submission_id', 'door', 'dose')
        .first()
      if (row) await offerTo(t, row, slotId)
      return t.trx.from('slots').where('id', slotId).whereRaw('taken < capacity').first()
    })
    if (!free) return
  }
}

interface WaitingRow {
  id: string
  submission_id: string
  door: Door
  dose: string | null
}

async function offerTo(t: Transition, row: WaitingRow, slotId: string): Promise<void> {
  const submission = await Submission.query({ client: t.trx })
    .where('id', row.submission_id)
    .firstOrFail()
  const handover = await Handover.query({ client: t.trx })
    .where({ submissionId: submission.id, state: 'waiting' })
    .first()
  if (!handover) {
    await waitingPlace.leave(t, { id: row.id })
    return
  }
  const version = await frozenVersion(submission.serviceVersionId, t.trx)
  const latest = await latestValues(submission, t.trx)
  const asked = {
    submission,
    version,
    value: valueIn(latest?.values),
    dose: row.dose ?? undefined,
  }
  const request = await slotsOf(version).placeAt(asked, slotId, row.door, t.trx)
  const taken =
    request &&
    (await takePlace(t.trx, request, {
      state: 'held',
      minutes: OFFER_MINUTES,
      handoverId: handover.id,
    }))
  if (!taken?.ok) return
  await waitingPlace.offer(t, row.id, taken.bookingId)
  await addCallBack(t, {
    reason: 'offer',
    clientId: submission.clientId,
    submissionId: submission.id,
    bookingId: taken.bookingId,
    linkageId: submission.linkageId,
  })
  t.record({
    verb: 'waiting.offered',
    subject: { type: 'booking', id: taken.bookingId },
    clientId: submission.clientId,
    submissionId: submission.id,
  })
}

/**
 * A held time that was offered has run out. Who waits, waits on behind the others and isn't called about it any more;
 * whose day was closed has no other time yet, and is still called.
 */
export async function offerExpired(t: Transition, bookingId: string): Promise<void> {
  if ((await waitingPlace.waitOn(t, bookingId)) > 0) {
    await endCallBacks(t, { booking_id: bookingId })
    return
  }
  const done = await Handover.query({ client: t.trx })
    .where({ reference: bookingId, state: 'done' })
    .forUpdate()
  for (const handover of done) await handover.cancel(t, { forget: true })
}
