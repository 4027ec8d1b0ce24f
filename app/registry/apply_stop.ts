import { askWhetherToCall, askWhoIsMeant } from '#app/registry/contact_questions'
import { centerOf } from '#app/people/center'
import { FREE, type Contact } from '#app/registry/contact'
import { LOOKED_FOR } from '#app/registry/could_be'
import { contactsOfSubmissions } from '#app/registry/contacts_of_submissions'
import type { StopKind } from '#app/registry/stop_kinds'
import Submission from '#app/submissions/submission'
import { submissionListeners } from '#app/submissions/submission_listener'
import { searchTokensOf, termsOf, type PersonFacts } from '#app/submissions/search_tokens'
import type { Transition } from '#app/core/transition'
import { takeBackGuarded } from '#app/tasks/take_back_guarded'

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
  for (const submission of submissions) {
    const contact = contacts.get(submission.id)
    if (contact?.stop) await stop(t, submission, contact.stop, contact, actorId)
  }
}

/** Has each room do its part; whether somebody is called all the same, the client says. */
async function stop(
  t: Transition,
  { id, clientId }: Request,
  kind: StopKind,
  { calls }: Contact,
  actorId: string | null
): Promise<void> {
  const hasDied = kind === 'deceased'
  const mayBeCalled = calls === 'yes'
  let ended = 0
  for (const { stopped } of submissionListeners.all())
    ended += (await stopped?.(t, { id, clientId, kind, hasDied, mayBeCalled, actorId })) ?? 0
  if (!hasDied && ended > 0) await askWhetherToCall(t, { id, clientId }, kind)
  if (hasDied || !mayBeCalled) t.wake({ type: 'submission', id })
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
    const marked = await Submission.setProtected(
      t,
      [...contacts].flatMap(([id, { isProtected }]) => (isProtected === is ? [id] : [])),
      is
    )
    if (is) await takeBackGuarded(t, marked)
  }
}
