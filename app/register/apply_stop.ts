import { releasePlace } from '#app/bookings/release_place'
import { endCallBacks } from '#app/calls/call_backs'
import { askWhetherToCall, askWhoIsMeant } from '#app/register/contact_questions'
import { centerOf } from '#app/identity/center'
import { FREE, type Contact } from '#app/register/contact'
import { LOOKED_FOR } from '#app/register/could_be'
import { contactsOfSubmissions } from '#app/register/contacts_of_submissions'
import type { StopKind } from '#app/register/stop_kinds'
import { stopReplies } from '#app/replies/stop_reply'
import { searchTokensOf, termsOf, type PersonFacts } from '#app/submissions/search_tokens'
import type { Transition } from '#app/shared/transition'
import { takeBackGuarded, withdrawTasks } from '#app/work/add_task'

interface StoppedPerson {
  clientId: string
  facts: PersonFacts
  actorId: string | null
}

/**
 * Nothing is sent to somebody from now on. What has not been printed is stopped, calls wait for the client, a protected
 * person's requests are for named staff only, and of somebody who has died the places are given back. Who only could be
 * meant is asked about: nothing ends for them by itself. Sheets in a print run are found when it is printed and posted.
 */
export async function applyStop(t: Transition, person: StoppedPerson): Promise<void> {
  const submissions = await requestsLike(t, person)
  const contacts = await contactsOfSubmissions(
    submissions.map(({ id }) => id),
    t.trx
  )
  for (const submission of submissions)
    await askWhoIsMeant(t, submission, contacts.get(submission.id) ?? FREE)
  await applyContacts(t, submissions, contacts, person.actorId)
}

/** A stop has ended: who isn't protected any more, by whatever else is known, is shown to all again. */
export async function liftStop(
  t: Transition,
  person: Pick<StoppedPerson, 'clientId' | 'facts'>
): Promise<void> {
  const submissions = await requestsLike(t, person)
  await markProtected(
    t,
    await contactsOfSubmissions(
      submissions.map(({ id }) => id),
      t.trx
    )
  )
}

interface Request {
  id: string
  clientId: string
}

/** Ends for requests what may not go on for their people. */
export async function applyContacts(
  t: Transition,
  submissions: Request[],
  contacts: Map<string, Contact>,
  actorId: string | null
): Promise<void> {
  await markProtected(t, contacts)
  for (const { id, clientId } of submissions) {
    const contact = contacts.get(id)
    if (!contact?.stop) continue
    await stopUnsent(t, id, contact.stop, actorId)
    await callNobody(t, { id, clientId }, contact)
  }
  await giveBackPlaces(
    t,
    submissions.flatMap(({ id }) => (contacts.get(id)?.stop === 'deceased' ? [id] : [])),
    actorId
  )
}

/** All requests that could be somebody's, locked; of every client where the center itself keeps the stop. */
async function requestsLike(
  t: Transition,
  { clientId, facts }: Pick<StoppedPerson, 'clientId' | 'facts'>
): Promise<Request[]> {
  const tokens = termsOf(facts)
    .filter((term) => LOOKED_FOR.includes(term.kind))
    .flatMap(searchTokensOf)
  const everybody = clientId === (await centerOf(t.trx))
  const rows: { id: string; client_id: string }[] = await t.trx
    .from('submissions')
    .if(!everybody, (query) => query.where('client_id', clientId))
    .whereNotIn('state', ['erased', 'canceled'])
    .whereIn('id', t.trx.from('search_tokens').whereIn('token', tokens).select('submission_id'))
    .orderBy('id')
    .forUpdate()
    .select('id', 'client_id')
  return rows.map((row) => ({ id: row.id, clientId: row.client_id }))
}

/** Requests of protected people are for named staff only; of all others, for everybody. */
async function markProtected(t: Transition, contacts: Map<string, Contact>): Promise<void> {
  for (const is of [true, false]) {
    const marked: { id: string }[] = await t.trx
      .from('submissions')
      .whereIn(
        'id',
        [...contacts].flatMap(([id, { isProtected }]) => (isProtected === is ? [id] : []))
      )
      .where('protected', !is)
      .update({ protected: is })
      .returning(['id'])
    if (is)
      await takeBackGuarded(
        t,
        marked.map(({ id }) => id)
      )
  }
}

async function stopUnsent(
  t: Transition,
  submissionId: string,
  kind: StopKind,
  actorId: string | null
): Promise<void> {
  const replies: { id: string; client_id: string }[] = await t.trx
    .from('replies')
    .join('reply_submissions', 'reply_submissions.reply_id', 'replies.id')
    .where('reply_submissions.submission_id', submissionId)
    .whereIn('replies.state', ['drafted', 'held', 'ready'])
    .whereNot('replies.product', 'slip')
    .select('replies.id', 'replies.client_id')
  await stopReplies(
    t,
    replies.map(({ id, client_id: clientId }) => ({ id, clientId, submissionId })),
    kind,
    actorId ?? undefined
  )
  for (const { id } of replies) await withdrawTasks(t, { type: 'reply', id }, 'substitute')
}

/** Open calls are taken from the list; whether one follows all the same, the client says. */
async function callNobody(
  t: Transition,
  submission: Request,
  { stop, calls }: Contact
): Promise<void> {
  if (!stop || calls === 'yes') return
  const { id } = submission
  const ended = await endCallBacks(t, { submission_id: id })
  const asked = await t.trx
    .from('handovers')
    .where({ submission_id: id, state: 'asked' })
    .update({ state: 'full' })
  await withdrawTasks(t, { type: 'submission', id }, 'call')
  if (stop !== 'deceased' && (ended > 0 || Number(asked) > 0))
    await askWhetherToCall(t, submission, stop)
  t.wake({ type: 'submission', id })
}

async function giveBackPlaces(t: Transition, ids: string[], actorId: string | null): Promise<void> {
  if (ids.length === 0) return
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
    t.wake({ type: 'slot', id: released.slot_id })
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
