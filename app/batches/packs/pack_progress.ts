import db from '@adonisjs/lucid/services/db'
import Pack from '#app/batches/packs/pack'
import { endPacks } from '#app/batches/packs/end_packs'
import { countPromised } from '#app/tasks/promised_tasks'
import { transition } from '#app/core/transition'

/** The part of a pack that is done, and left. */
export interface PackProgress {
  id: string
  promised: number
  done: number
  left: number
  /** minutes for what is left */
  minutesLeft: number
  /** yen for what is done */
  earned: number
}

/** The pack that a task is promised with, while it runs; null where there is none. */
export async function packOf(packId: string | null): Promise<Pack | null> {
  return packId ? Pack.query().where('id', packId).whereNull('endedAt').first() : null
}

/** Counts how far somebody is with the pack of a task; null where it is of none. */
export async function countOf(packId: string | null): Promise<PackProgress | null> {
  const pack = packId ? await Pack.find(packId) : null
  return pack && progressOf(pack)
}

/** Counts how far somebody is with a pack, and what it has brought them. */
export async function progressOf(pack: Pack): Promise<PackProgress> {
  return (await progressesOf([pack]))[0]
}

/** The same for packs of a list, in its order; a handful of queries, however many they are. */
export async function progressesOf(packs: Pack[]): Promise<PackProgress[]> {
  const ids = packs.map(({ id }) => id)
  const answered: { pack_id: string; done: number }[] = await db
    .from('piece_answers')
    .whereIn('pack_id', ids)
    .groupBy('pack_id')
    .select('pack_id', db.raw('count(*)::int as done'))
  const doneOf = new Map(answered.map((row) => [row.pack_id, row.done]))
  const leftOf = await countPromised(ids)
  const secondsOf = await secondsAt(ids)
  return packs.map((pack) => {
    const { unit, price, minutes, promised } = pack.terms
    const done = doneOf.get(pack.id) ?? 0
    const left = pack.endedAt ? 0 : (leftOf.get(pack.id) ?? 0)
    const units = unit === 'piece' ? done : Math.ceil((secondsOf.get(pack.id) ?? 0) / 60)
    return {
      id: pack.id,
      promised: pack.promised,
      done,
      left,
      minutesLeft: Math.max(1, Math.round((minutes / promised) * left)),
      earned: price * units,
    }
  })
}

/** Seconds at the pieces of packs, also at those that were given back. */
async function secondsAt(packIds: string[]): Promise<Map<string, number>> {
  const { rows } = await db.rawQuery<{ rows: { id: string; seconds: number }[] }>(
    `select p.id, sum(extract(epoch from s.ended_at - s.started_at))::float as seconds
     from packs p
     join assignments a on a.user_id = p.user_id and a.started_at >= p.accepted_at
       and a.started_at < coalesce(p.ended_at, now() + interval '1 second')
     join tasks t on t.id = a.task_id and t.kind = 'piece' and t.group_key = cast(p.batch_id as text)
     join activity_spans s on s.assignment_id = a.id
     where p.id = any(:ids) group by p.id`,
    { ids: packIds }
  )
  return new Map(rows.map(({ id, seconds }) => [id, seconds]))
}

/** A pack of which nothing is left has ended. */
export async function endPackIfDone(packId: string): Promise<void> {
  if ((await countPromised([packId])).has(packId)) return
  await transition((t) => endPacks(t, [packId], 'done'))
}
