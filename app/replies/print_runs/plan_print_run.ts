import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type User from '#app/people/user'
import { products } from '#app/replies/products/product'
import PrintRun from '#app/replies/print_runs/print_run'
import { isNumbered, type Letter } from '#app/replies/letter'
import { letterSealContext } from '#app/replies/letter_seal_context'
import { notGoing, recheckContacts, applyRechecked } from '#app/replies/recheck_contacts'
import Reply from '#app/replies/reply'
import { lockSubmissions } from '#app/submissions/lock_submissions'
import { today } from '#app/core/clock'
import { clearCode, newId } from '#app/core/ids'
import { createSealer, openSealers } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import { lockName } from '#app/core/lock'

/** More letters than this make a second run: a stack that one person can enclose. */
const MAX_SHEETS = 500

export interface RunWishes {
  product: string
  /** the numbers that the city's document system gave: one for all letters, or one for each in order */
  documentNumbers: string[]
  /** the day on which the run is posted; every letter bears it */
  datedOn: string
  /** of this mailing, in the order of its places; without it answers alone */
  mailingId?: string
}

export type Planned =
  | { ok: true; run: PrintRun; stopped: number }
  | { ok: false; reason: 'nothing_ready' | 'day_past' }
  | { ok: false; reason: 'number_missing' | 'number_count'; numbered: number }

class Refused extends Error {
  constructor(readonly planned: Extract<Planned, { ok: false }>) {
    super(planned.reason)
  }
}

/**
 * Puts a client's ready letters into a new run, each as a numbered sheet with a code of its own. Whether and where each
 * may go is asked again: what may not is stopped, what goes elsewhere is composed anew and waits for the next run. The
 * same request sent twice (a double click, a reload) gives the same run.
 */
export async function planPrintRun(
  user: User,
  clientId: string,
  requestKey: string,
  wishes: RunWishes
): Promise<Planned> {
  if (wishes.datedOn < today()) return { ok: false, reason: 'day_past' }
  try {
    return await transition((t) => plan(t, user, clientId, requestKey, wishes))
  } catch (error) {
    if (error instanceof Refused) return error.planned
    throw error
  }
}

async function plan(
  t: Transition,
  user: User,
  clientId: string,
  requestKey: string,
  { product, documentNumbers, datedOn, mailingId }: RunWishes
): Promise<Planned> {
  await lockName(t.trx, `print:${clientId}`)
  const known = await PrintRun.query({ client: t.trx }).where({ requestKey, clientId }).first()
  if (known) return { ok: true, run: known, stopped: 0 }
  const ready = await lockReady(t.trx, { clientId, product, mailingId: mailingId ?? null })
  const rechecked = await recheckContacts(ready, t.trx)
  const { stopped } = rechecked
  const subjects = await submissionsOf(
    t.trx,
    ready.map((reply) => reply.id)
  )
  await applyRechecked(t, rechecked, user.id)
  const staying = notGoing(rechecked)
  const replies = ready.filter(({ id }) => !staying.has(id))
  // What was stopped stays so, also where nothing is left to print.
  if (replies.length === 0) return { ok: false, reason: 'nothing_ready' }
  const { numbered } = products.get(product)
  const numbers = numbered
    ? await numbersFor(t.trx, replies, documentNumbers)
    : new Map<string, string>()
  const sealer = await createSealer(t.trx, 'print_run')
  const run = await PrintRun.create(
    {
      id: newId(),
      clientId,
      requestKey,
      mailingId,
      product,
      planned: replies.length,
      dataKeyId: sealer.dataKeyId,
      createdBy: user.id,
      documentNumber: documentNumbers.length === 1 ? documentNumbers[0] : null,
      datedOn,
      state: 'planned',
    },
    { client: t.trx }
  )
  await run.refresh()
  await t.trx.table('sheets').multiInsert(
    replies.map((reply, index) => ({
      id: newId(),
      print_run_id: run.id,
      reply_id: reply.id,
      number: index + 1,
      code: clearCode(8),
      pages: reply.pages ?? 1,
      document_number: numbers.get(reply.id) ?? null,
    }))
  )
  await Reply.takeIntoRun(
    t,
    replies.map((reply) => reply.id),
    { actorId: user.id, submissions: subjects, detail: { run: run.number } }
  )
  t.record({
    verb: 'print_run.planned',
    subject: { type: 'print_run', id: run.id },
    clientId,
    actorId: user.id,
    detail: { sheets: replies.length, stopped: stopped.size },
  })
  return { ok: true, run, stopped: stopped.size }
}

/** Ready letters, the oldest first; of a mailing by their places. Their submissions are locked before them, in order of id: the desk does so too. */
async function lockReady(
  trx: TransactionClientContract,
  of: Pick<Reply, 'clientId' | 'product' | 'mailingId'>
): Promise<Reply[]> {
  const inOrder = () =>
    Reply.query({ client: trx })
      .where('state', 'ready')
      .if(of.mailingId, (query) => query.orderBy('place'))
      .orderBy('createdAt')
      .orderBy('id')
  const wanted = () => inOrder().where(of).limit(MAX_SHEETS)
  const ids = (await wanted().select('id')).map((reply) => reply.id)
  const people = await submissionsOf(trx, ids)
  await lockSubmissions(trx, [...people.values()].flat())
  return inOrder().whereIn('id', ids).forUpdate()
}

/** Finds the number of each letter that bears its own. @throws {Refused} when there are too few or too many */
async function numbersFor(
  trx: TransactionClientContract,
  replies: Reply[],
  given: string[]
): Promise<Map<string, string>> {
  const sealers = await openSealers(
    replies.map((reply) => reply.dataKeyId),
    trx
  )
  const numbered = replies.filter((reply) =>
    isNumbered(
      sealers.get(reply.dataKeyId)!.openJson<Letter>(letterSealContext(reply.id), reply.inputs!)
    )
  )
  if (numbered.length > 0 && given.length === 0)
    throw new Refused({ ok: false, reason: 'number_missing', numbered: numbered.length })
  if (given.length <= 1) return new Map()
  if (given.length !== numbered.length)
    throw new Refused({ ok: false, reason: 'number_count', numbered: numbered.length })
  return new Map(numbered.map((reply, index) => [reply.id, given[index]]))
}

async function submissionsOf(
  trx: TransactionClientContract,
  replyIds: string[]
): Promise<Map<string, string[]>> {
  const rows: { reply_id: string; submission_id: string }[] = await trx
    .from('reply_submissions')
    .whereIn('reply_id', replyIds)
    .select('reply_id', 'submission_id')
  const result = new Map<string, string[]>()
  for (const row of rows)
    result.set(row.reply_id, [...(result.get(row.reply_id) ?? []), row.submission_id])
  return result
}
