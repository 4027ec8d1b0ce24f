import { releasePlace } from '#app/bookings/release_place'
import { offerFreed } from '#app/bookings/waiting_list'
import type RegisterImport from '#app/register/register_import'
import type { RegisteredPerson } from '#app/register/registered_person'
import ServiceVersion from '#app/catalog/service_version'
import { personTokens } from '#app/submissions/person_token'
import { transition, type Transition } from '#app/shared/transition'
import { withdrawTasks } from '#app/work/add_task'

/**
 * Somebody has died: their places are given back, and what has not been printed yet is not sent. Sheets that lie
 * in a print run already are shown with it, to be pulled by hand.
 */
export async function endForDeceased(
  found: RegisterImport,
  person: RegisteredPerson
): Promise<void> {
  await transition((t) => end(t, found, person))
}

async function end(t: Transition, found: RegisterImport, person: RegisteredPerson): Promise<void> {
  const version = await ServiceVersion.query({ client: t.trx })
    .where('serviceId', found.serviceId)
    .orderBy('number', 'desc')
    .firstOrFail()
  const fields = version.description.person
  const tokens = personTokens({
    submissionId: found.id,
    fields,
    value: (field) => (field === fields.number ? person.number : ''),
  })
  const bookings: { id: string }[] = await t.trx
    .from('bookings')
    .where('service_id', found.serviceId)
    .whereIn('person', tokens)
    .whereNot('state', 'canceled')
    .select('id')
  for (const { id } of bookings) {
    const released = await releasePlace(t, id, 'canceled')
    if (!released) continue
    await offerFreed(t, released.slot_id)
    t.record({
      verb: 'booking.canceled',
      subject: { type: 'booking', id },
      clientId: released.client_id,
      submissionId: released.submission_id,
      actorId: found.takenBy,
      detail: { reason: 'died' },
    })
  }
  await callNobody(t, found, tokens)
  const replies: { id: string; client_id: string; submission_id: string }[] = await t.trx
    .from('replies')
    .join('reply_submissions', 'reply_submissions.reply_id', 'replies.id')
    .join('submissions', 'submissions.id', 'reply_submissions.submission_id')
    .where('submissions.client_id', found.clientId)
    .whereIn('submissions.person', tokens)
    .whereIn('replies.state', ['drafted', 'held', 'ready'])
    .select('replies.id', 'replies.client_id', 'reply_submissions.submission_id')
  for (const reply of replies) {
    await t.trx.from('replies').where('id', reply.id).update({ state: 'canceled' })
    t.record({
      verb: 'reply.canceled',
      subject: { type: 'reply', id: reply.id },
      clientId: reply.client_id,
      submissionId: reply.submission_id,
      actorId: found.takenBy,
      detail: { reason: 'died' },
    })
  }
}

/** Nobody is called about them, and they wait for nothing. */
async function callNobody(t: Transition, found: RegisterImport, tokens: string[]): Promise<void> {
  const submissions: { id: string }[] = await t.trx
    .from('submissions')
    .where('client_id', found.clientId)
    .whereIn('person', tokens)
    .select('id')
  const ids = submissions.map((row) => row.id)
  await t.trx
    .from('waiting_list')
    .whereIn('submission_id', ids)
    .whereIn('state', ['waiting', 'offered'])
    .update({ state: 'left' })
  await t.trx
    .from('handovers')
    .whereIn('submission_id', ids)
    .whereIn('state', ['pending', 'asked', 'waiting', 'done'])
    .update({ state: 'canceled' })
  const calls: { id: string }[] = await t.trx
    .from('call_backs')
    .whereIn('submission_id', ids)
    .where('state', 'open')
    .update({ state: 'given_up' })
    .returning(['id'])
  for (const { id } of calls) await withdrawTasks(t, { type: 'call_back', id }, 'call_back')
  for (const id of ids) {
    await withdrawTasks(t, { type: 'submission', id }, 'call')
    t.wake({ type: 'submission', id })
  }
}
