import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { transition, type Transition } from '#app/core/transition'
import { type ENVELOPES, type MAIL_SERVICES, type PAID_BY } from '#app/replies/postings/posting'
import Posting from '#app/replies/postings/posting'
import { linesOf } from '#app/replies/postings/posting_lines'
import PrintRun from '#app/replies/print_runs/print_run'

/** Runs that go to the post office together, and the way they go. */
export interface PostingWishes {
  runs: string[]
  mailService: (typeof MAIL_SERVICES)[number]
  noForwarding: boolean
  paidBy: (typeof PAID_BY)[number]
  /** the post office that takes it, or has approved the account */
  office: string
  envelope: (typeof ENVELOPES)[number]
  duplex: boolean
  envelopeGrams: number
  sheetGrams: number
  enclosedGrams: number
}

export type PlannedPosting =
  | { ok: true; id: string }
  /** some of the runs aren't enclosed, are in another posting, or aren't of one client and product */
  | { ok: false; reason: 'not_together' | 'too_heavy' }

/** A postcard has no envelope, both sides are on one sheet, and so much does it weigh. */
const POSTCARD = {
  envelope: null,
  duplex: true,
  envelopeGrams: 0,
  sheetGrams: 3,
  enclosedGrams: 0,
} as const

/** Puts enclosed runs together that go to the post office at once. Sent twice it is planned once. */
export async function planPosting(
  user: User,
  { runs: ids, ...wishes }: PostingWishes
): Promise<PlannedPosting> {
  return transition(async (t) => {
    const runs = await PrintRun.query({ client: t.trx })
      .whereIn('id', ids)
      .orderBy('id')
      .forUpdate()
    const [first] = runs
    if (!first) return { ok: false, reason: 'not_together' }
    const { clientId, product, postingId } = first
    const isSame = runs.length === new Set(ids).size && runs.every((run) => isLike(run, first))
    if (!isSame) return { ok: false, reason: 'not_together' }
    const how = { ...wishes, ...(product === 'postcard' ? POSTCARD : {}) }
    if (postingId)
      return (await isPlannedSo(t, postingId, ids, how))
        ? { ok: true, id: postingId }
        : { ok: false, reason: 'not_together' }
    if (runs.some(({ state }) => state !== 'enclosed')) return { ok: false, reason: 'not_together' }
    if (!(await linesOf(how, ids, t.trx))) return { ok: false, reason: 'too_heavy' }
    const id = newId()
    await Posting.create(
      { ...how, id, clientId, product, state: 'planned', createdBy: user.id },
      { client: t.trx }
    )
    await t.trx.from('print_runs').whereIn('id', ids).update({ posting_id: id })
    t.record({
      verb: 'posting.made',
      subject: { type: 'posting', id },
      clientId,
      actorId: user.id,
      detail: { runs: runs.length, numbers: runs.map(({ number }) => number).join(' ') },
    })
    return { ok: true, id }
  })
}

/** Whether a posting is of these runs alone, and goes as is wished: then it was sent twice. */
async function isPlannedSo(
  t: Transition,
  id: string,
  runs: string[],
  how: Omit<PostingWishes, 'runs' | 'envelope'> & { envelope: string | null }
): Promise<boolean> {
  const posting = await lockPosting(t, id)
  const { length } = await t.trx.from('print_runs').where('posting_id', id).select('id')
  const isSame = (Object.keys(how) as (keyof typeof how)[]).every(
    (key) => posting[key] === how[key]
  )
  return isSame && length === new Set(runs).size
}

function isLike(run: PrintRun, { clientId, product, postingId }: PrintRun): boolean {
  return run.clientId === clientId && run.product === product && run.postingId === postingId
}

/** It isn't posted so: its runs can go into another. False where part of it is posted already. */
export async function cancelPosting(user: User, id: string): Promise<boolean> {
  return transition(async (t) => {
    const posting = await lockPosting(t, id)
    const own = t.trx.from('print_runs').where('posting_id', id)
    // Whoever is posting one of them has it locked: it is known then.
    const runs: { state: string }[] = await own
      .clone()
      .orderBy('id')
      .forUpdate()
      .select('id', 'state')
    if (posting.state !== 'planned' || runs.some(({ state }) => state === 'posted')) return false
    await own.update({ posting_id: null })
    await posting.cancel(t, user.id)
    return true
  })
}

/** Locks a posting: what is done with it is done one after the other. */
export async function lockPosting(t: Transition, id: string): Promise<Posting> {
  return Posting.query({ client: t.trx }).where('id', id).forUpdate().firstOrFail()
}
