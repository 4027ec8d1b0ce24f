import { newId } from '#app/core/ids'
import { peopleMeant } from '#app/registry/facts_in'
import { NOBODY } from '#app/registry/registered_person'
import { contactsOf, FREE, type Contact } from '#app/registry/contact'
import { contactsOfSubmissions } from '#app/registry/contacts_of_submissions'
import type { StopKind } from '#app/registry/stop_kinds'
import type { Letter } from '#app/replies/letter'
import { letterSealContext } from '#app/replies/letter_seal_context'
import Reply from '#app/replies/reply'
import type { Transition } from '#app/core/transition'
import type { Queries } from '#app/core/queries'
import { openLivingSealers } from '#app/core/sealing'

export interface Rechecked {
  /** nothing may be sent to them any more, and why */
  stopped: Map<string, StopKind>
  /** composed to an address that mail doesn't go to any more */
  elsewhere: string[]
  /** somebody is asked first whether they are of a protected person */
  doubtful: string[]
  /** copies to which the resident doesn't agree any more; letters of a list whose person may not be written to as it says */
  withdrawn: string[]
}

/**
 * Asks again, of letters that were composed before, whether and where they may go: rules about people change while
 * paper lies about. A handful of queries, however many letters.
 */
export async function recheckContacts(replies: Reply[], client: Queries): Promise<Rechecked> {
  const contacts = await contactsOfReplies(
    replies.map((reply) => reply.id),
    client
  )
  const sealers = await openLivingSealers(
    replies.map((reply) => reply.dataKeyId),
    client
  )
  const withdrawnRelatives: { id: string }[] = await client
    .from('relatives')
    .whereIn(
      'id',
      replies.flatMap((reply) => reply.relativeId ?? [])
    )
    .whereNotNull('withdrawn_on')
    .select('id')
  const gone = new Set(withdrawnRelatives.map(({ id }) => id))
  const stopped = new Map<string, StopKind>()
  const [elsewhere, doubtful, withdrawn]: string[][] = [[], [], []]
  const letters = new Map(
    replies.flatMap((reply): [string, Letter][] => {
      const sealer = sealers.get(reply.dataKeyId)
      if (!sealer || !reply.inputs) return []
      return [[reply.id, sealer.openJson<Letter>(letterSealContext(reply.id), reply.inputs)]]
    })
  )
  const ofLists = await contactsOfLists(replies, letters, client)
  for (const reply of replies) {
    const { stop, sendTo, maybe } = ofLists.get(reply.id) ?? contacts.get(reply.id) ?? FREE
    const letter = letters.get(reply.id)
    if (stop) stopped.set(reply.id, stop)
    else if (reply.relativeId && gone.has(reply.relativeId)) withdrawn.push(reply.id)
    // Nobody composes it anew, or asks who is meant: the list said where it goes.
    else if (reply.mailingId) {
      if (sendTo || maybe.length > 0) withdrawn.push(reply.id)
    } else if (maybe.some((one) => one.kind === 'protection')) doubtful.push(reply.id)
    else if (letter) {
      const redirected = letter.redirectedTo ?? ''
      if (redirected !== (sendTo ? JSON.stringify(sendTo) : '')) elsewhere.push(reply.id)
    }
  }
  return { stopped, elsewhere, doubtful, withdrawn }
}

/** Lists the letters that don't go now, for whatever reason. */
export function notGoing({ stopped, elsewhere, doubtful, withdrawn }: Rechecked): Set<string> {
  return new Set([...stopped.keys(), ...elsewhere, ...doubtful, ...withdrawn])
}

/**
 * Ends what may not go, holds what is asked about, and has composed anew what goes elsewhere: that waits for the next run.
 */
export async function applyRechecked(
  t: Transition,
  rechecked: Rechecked,
  actorId: string | null
): Promise<void> {
  const { stopped, elsewhere, doubtful, withdrawn } = rechecked
  const rows: { reply_id: string; submission_id: string }[] = await t.trx
    .from('reply_submissions')
    .whereIn('reply_id', [...stopped.keys()])
    .select('reply_id', 'submission_id')
  const submissions = new Map(
    [...Map.groupBy(rows, (row) => row.reply_id)].map(([id, of]) => [
      id,
      of.map((row) => row.submission_id),
    ])
  )
  for (const [kind, of] of Map.groupBy(stopped.keys(), (id) => stopped.get(id)!))
    await Reply.stop(t, of, kind, { actorId, submissions })
  await Reply.hold(t, doubtful, { actorId })
  await Reply.cancel(t, withdrawn, { actorId })
  await Reply.redraft(t, elsewhere, { actorId })
}

/** Finds what holds for the people whom letters of a list are for. */
async function contactsOfLists(
  replies: Reply[],
  letters: Map<string, Letter>,
  client: Queries
): Promise<Map<string, Contact>> {
  const asked = replies.flatMap(({ id, mailingId, clientId }) => {
    const letter = letters.get(id)
    if (!mailingId || !letter) return []
    return peopleMeant(letter.person ?? NOBODY, letter.to.name).map((facts) => ({
      id,
      person: { submissionId: newId(), clientId, facts },
    }))
  })
  const contacts = await contactsOf(
    asked.map(({ person }) => person),
    client
  )
  // Of several, one to whom nothing is sent wins; then one about whom there is a doubt.
  const result = new Map<string, Contact>()
  for (const { id, person } of asked) {
    const contact = contacts.get(person.submissionId)!
    const known = result.get(id)
    if (!known || contact.stop || (!known.stop && (contact.sendTo || contact.maybe.length > 0)))
      result.set(id, contact)
  }
  return result
}

/** Finds what holds for the people whom replies are about; of several, a stop wins. */
async function contactsOfReplies(
  replyIds: string[],
  client: Queries
): Promise<Map<string, Contact>> {
  const rows: { reply_id: string; submission_id: string }[] = await client
    .from('reply_submissions')
    .whereIn('reply_id', replyIds)
    .select('reply_id', 'submission_id')
  const contacts = await contactsOfSubmissions(
    rows.map((row) => row.submission_id),
    client
  )
  const result = new Map<string, Contact>()
  for (const row of rows) {
    const contact = contacts.get(row.submission_id)
    if (contact && !result.get(row.reply_id)?.stop) result.set(row.reply_id, contact)
  }
  return result
}
