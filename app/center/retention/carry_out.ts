import db from '@adonisjs/lucid/services/db'
import Disposal from '#app/center/retention/disposal'
import type { Extent } from '#app/center/retention/due'
import {
  erasePictures,
  eraseSubmission,
  releaseOriginals,
  type Erasing,
  type ErasingOptions,
} from '#app/submissions/erase_submission'
import { residentRecords } from '#app/submissions/resident_records'
import { transition, type Transition } from '#app/core/transition'

const BATCH = 100

interface Item {
  record: string
  record_id: string
  extent: Extent
  /** of a request; of other records nothing */
  receipt: string | null
  pages: number
}

/** Whoever carries one out has it for so long, and longer while it goes on. */
const CLAIM = `interval '2 minutes'`

/** Destroys what was agreed on, request by request; one that dies over it goes on where it stood. Run by the workers. */
export async function carryOutDisposals(): Promise<void> {
  const approved = await Disposal.query().where('state', 'approved').orderBy('createdAt')
  const faults: unknown[] = []
  for (const disposal of approved)
    await carryOutDisposal(disposal).catch((error: unknown) => faults.push(error))
  if (faults.length > 0) throw faults[0]
}

async function carryOutDisposal(disposal: Disposal): Promise<void> {
  if (!(await claim(disposal, true))) return
  const faults: unknown[] = []
  for (let after = NOBODY; ;) {
    const items = await nextItems(disposal, after)
    if (items.length === 0) break
    for (const item of items)
      await carryOutItem(disposal, item).catch((error: unknown) => faults.push(error))
    after = items.at(-1)!.record_id
    await claim(disposal, false)
  }
  await db.from('disposals').where('id', disposal.id).update({ claimed_until: null })
  // What couldn't be destroyed now is tried again with the next turn.
  if (faults.length > 0) throw faults[0]
  await transition(async (t) => {
    const [{ erased, held }]: { erased: number; held: number }[] = await t.trx
      .from('disposal_items')
      .where('disposal_id', disposal.id)
      .select(
        t.trx.raw(`count(*) filter (where outcome = 'erased')::int as erased`),
        t.trx.raw(`count(*) filter (where outcome <> 'erased')::int as held`)
      )
    await disposal.carryOut(t, { erased, held })
  })
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Takes a list for oneself, or keeps it for longer. @returns false where another has it */
async function claim({ id }: Disposal, isNew: boolean): Promise<boolean> {
  const [mine]: unknown[] = await db
    .from('disposals')
    .where({ id, state: 'approved' })
    .if(isNew, (query) => query.whereRaw('(claimed_until is null or claimed_until < now())'))
    .update({ claimed_until: db.raw(`now() + ${CLAIM}`) })
    .returning(['id'])
  return mine !== undefined
}

function nextItems({ id }: Disposal, after: string): Promise<Item[]> {
  return db
    .from('disposal_items as i')
    .joinRaw(`left join submissions s on i.record = 'submission' and s.id = i.record_id`)
    .where('i.disposal_id', id)
    .whereNull('i.outcome')
    .where('i.record_id', '>', after)
    .orderBy('i.record_id')
    .limit(BATCH)
    .select(
      'i.record',
      'i.record_id',
      'i.extent',
      's.receipt',
      db.raw(
        '(select count(*)::int from pages p where p.submission_id = s.id and p.erased_at is null) as pages'
      )
    )
}

/** By extent; of the paper itself, people say later what became of it. */
const DESTROYS = {
  originals: releaseOriginals,
  pictures: erasePictures,
  all: eraseSubmission,
}

/** Destroys one and writes down what became of it, in one transaction. */
async function carryOutItem(disposal: Disposal, item: Item): Promise<void> {
  const options: ErasingOptions = {
    actorId: disposal.decidedBy ?? undefined,
    within: (t, erasing) => writeDown(t, disposal, item, erasing),
    // What was opened again, or ended anew, after it had been listed isn't over: a rule doesn't take it, an order does.
    ...(disposal.cause === 'rule' ? { endedBefore: disposal.createdAt.toJSDate() } : {}),
  }
  if (item.receipt === null) await residentRecords.get(item.record).erase(item.record_id, options)
  else await DESTROYS[item.extent](item.receipt, options)
}

async function writeDown(
  t: Transition,
  disposal: Disposal,
  { record, record_id: id, extent, pages }: Item,
  erasing: Erasing
): Promise<void> {
  await t.trx
    .from('disposal_items')
    .where({ disposal_id: disposal.id, record, record_id: id })
    .whereNull('outcome')
    .update({
      // Gone already: erased by somebody else since it was listed.
      outcome: erasing.outcome === 'gone' ? 'erased' : erasing.outcome,
      pages: erasing.outcome === 'erased' && extent !== 'originals' ? pages : 0,
    })
  if (erasing.outcome === 'erased')
    await t.trx
      .from('disposals')
      .where('id', disposal.id)
      .update({
        keys: t.trx.raw('keys + ?', [erasing.keys]),
        files: t.trx.raw('files + ?', [erasing.files]),
      })
}
