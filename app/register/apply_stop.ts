import { releasePlace } from '#app/bookings/release_place'
import { offerFreed } from '#app/bookings/waiting_list'
import { askWhetherToCall, askWhoIsMeant } from '#app/register/contact_questions'
import { contactsOfSubmissions } from '#app/register/contacts_of_submissions'
import { markProtected } from '#app/register/mark_protected'
import type { StopKind } from '#app/register/stop_kinds'
import { stopReply } from '#app/replies/stop_reply'
import { searchTokensOf, termsOf, type PersonFacts } from '#app/submissions/search_tokens'
import type { Transition } from '#app/shared/transition'
import { withdrawTasks } from '#app/work/add_task'

interface StoppedPerson {
  clientId: string
  facts: PersonFacts
  kind: StopKind
  actorId: string | null
}

/** What helps to find who could be meant: parts of names are too common. */
const LOOKED_FOR = ['number', 'kana_birth', 'reading', 'name', 'phone']

/**
 * Nothing is sent to somebody from now on. What has not been printed is stopped, calls wait for the client, a protected
 * person's requests are for named staff only, and of somebody who has died the places are given back. Who only could be
 * meant is asked about: nothing ends for them by itself. Sheets in a print run are found when it is printed and posted.
 */
export async function applyStop(t: Transition, person: StoppedPerson): Promise<void> {
  const { clientId, facts, kind, actorId } = person
  const tokens = termsOf(facts)
    .filter((term) => LOOKED_FOR.includes(term.kind))
    .flatMap(searchTokensOf)
  const rows: { id: string }[] = await t.trx
    .from('submissions')
    .where('client_id', clientId)
    .whereNotIn('state', ['erased', 'canceled'])
    .whereIn('id', t.trx.from('search_tokens').whereIn('token', tokens).select('submission_id'))
    .orderBy('id')
    .forUpdate()
    .select('id')
  const contacts = await contactsOfSubmissions(
    rows.map((row) => row.id),
    t.trx
  )
  const of = (wanted: StopKind | null) =>
    [...contacts].flatMap(([id, { stop }]) => (stop && (!wanted || stop === wanted) ? [id] : []))
  for (const [id, contact] of contacts) await askWhoIsMeant(t, { id, clientId }, contact)
  if (kind === 'protection') await markProtected(t.trx, clientId, facts)
  await stopUnsent(t, of(null), kind, actorId)
  await callNobody(t, clientId, contacts)
  if (kind === 'deceased') await giveBackPlaces(t, of('deceased'), actorId)
}

async function stopUnsent(
  t: Transition,
  ids: string[],
  kind: StopKind,
  actorId: string | null
): Promise<void> {
  const replies: { id: string; client_id: string; submission_id: string }[] = await t.trx
    .from('replies')
    .join('reply_submissions', 'reply_submissions.reply_id', 'replies.id')
    .whereIn('reply_submissions.submission_id', ids)
    .whereIn('replies.state', ['drafted', 'held', 'ready'])
    .whereNot('replies.product', 'slip')
    .select('replies.id', 'replies.client_id', 'reply_submissions.submission_id')
  for (const { id, client_id: clientId, submission_id: submissionId } of replies) {
    await stopReply(t, { id, clientId }, submissionId, kind, actorId ?? undefined)
    await withdrawTasks(t, { type: 'reply', id }, 'substitute')
  }
}

/** Open calls are taken from the list; whether one follows all the same, the client says. */
async function callNobody(
  t: Transition,
  clientId: string,
  contacts: Awaited<ReturnType<typeof contactsOfSubmissions>>
): Promise<void> {
  for (const [id, { stop, calls }] of contacts) {
    if (!stop || calls === 'yes') continue
    const open: { id: string }[] = await t.trx
      .from('call_backs')
      .where({ submission_id: id, state: 'open' })
      .update({ state: 'given_up' })
      .returning(['id'])
    for (const back of open) await withdrawTasks(t, { type: 'call_back', id: back.id }, 'call_back')
    const asked = await t.trx
      .from('handovers')
      .where({ submission_id: id, state: 'asked' })
      .update({ state: 'full' })
    await withdrawTasks(t, { type: 'submission', id }, 'call')
    if (stop !== 'deceased' && (open.length > 0 || Number(asked) > 0))
      await askWhetherToCall(t, { id, clientId }, stop)
    t.wake({ type: 'submission', id })
  }
}

async function giveBackPlaces(t: Transition, ids: string[], actorId: string | null): Promise<void> {
  await t.trx
    .from('waiting_list')
    .whereIn('submission_id', ids)
    .whereIn('state', ['waiting', 'offered'])
    .update({ state: 'left' })
  await t.trx
    .from('handovers')
    .whereIn('submission_id', ids)
    .whereIn('state', ['pending', 'asked', 'waiting', 'done', 'full'])
    .update({ state: 'canceled' })
  const bookings: { id: string }[] = await t.trx
    .from('bookings')
    .whereIn('submission_id', ids)
    .whereNot('state', 'canceled')
    .orderBy('slot_id')
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
      actorId,
      detail: { reason: 'died' },
    })
  }
  for (const id of ids) t.wake({ type: 'submission', id })
}
