import db from '@adonisjs/lucid/services/db'
import Disposal from '#app/center/retention/disposal'
import { erasePictures, eraseSubmission, type Erasing } from '#app/submissions/erase_submission'
import { residentRecords } from '#app/submissions/resident_records'
import { transition } from '#app/core/transition'

const BATCH = 100

interface Item {
  record: string
  record_id: string
  extent: 'pictures' | 'all'
  /** of a request; of other records nothing */
  receipt: string | null
  state: string | null
  ended_at: Date | null
  pages: number
}

/** Destroys what was agreed on, request by request; one that dies over it goes on where it stood. Run by the workers. */
export async function carryOutDisposals(): Promise<void> {
  const approved = await Disposal.query().where('state', 'approved').orderBy('createdAt')
  for (const disposal of approved) await carryOutDisposal(disposal)
}

async function carryOutDisposal(disposal: Disposal): Promise<void> {
  for (;;) {
    const items: Item[] = await db
      .from('disposal_items as i')
      .joinRaw(`left join submissions s on i.record = 'submission' and s.id = i.record_id`)
      .where('i.disposal_id', disposal.id)
      .whereNull('i.outcome')
      .orderBy('i.record_id')
      .limit(BATCH)
      .select(
        'i.record',
        'i.record_id',
        'i.extent',
        's.receipt',
        's.state',
        's.ended_at',
        db.raw(
          '(select count(*)::int from pages p where p.submission_id = s.id and p.erased_at is null) as pages'
        )
      )
    if (items.length === 0) break
    for (const item of items) await carryOutItem(disposal, item)
  }
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

async function carryOutItem(disposal: Disposal, item: Item): Promise<void> {
  const { cause, decidedBy } = disposal
  // What was opened again after it had been listed is in use: a rule doesn't take it, an order does.
  const isOpen = cause === 'rule' && item.ended_at === null && item.state !== 'erased'
  const erasing: Erasing | { outcome: 'open' } = isOpen
    ? { outcome: 'open' }
    : await eraseItem(item, { actorId: decidedBy ?? undefined })
  await db.transaction(async (trx) => {
    const [first]: unknown[] = await trx
      .from('disposal_items')
      .where({ disposal_id: disposal.id, record: item.record, record_id: item.record_id })
      .whereNull('outcome')
      .update({
        // Gone already: by whoever did the same a moment ago, or died before it was written down.
        outcome: erasing.outcome === 'gone' ? 'erased' : erasing.outcome,
        pages: erasing.outcome === 'erased' ? item.pages : 0,
      })
      .returning(['record_id'])
    if (first && erasing.outcome === 'erased')
      await trx
        .from('disposals')
        .where('id', disposal.id)
        .update({
          keys: trx.raw('keys + ?', [erasing.keys]),
          files: trx.raw('files + ?', [erasing.files]),
        })
  })
}

function eraseItem(item: Item, by: { actorId?: string }): Promise<Erasing> {
  if (item.receipt === null) return residentRecords.get(item.record).erase(item.record_id, by)
  return item.extent === 'all' ? eraseSubmission(item.receipt, by) : erasePictures(item.receipt, by)
}
