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
  const [{ done }]: { done: number }[] = await db
    .from('piece_answers')
    .where('pack_id', pack.id)
    .select(db.raw('count(*)::int as done'))
  const left = pack.endedAt ? 0 : await countPromised(pack.id)
  const { unit, price, minutes, promised } = pack.terms
  return {
    id: pack.id,
    promised: pack.promised,
    done,
    left,
    minutesLeft: Math.max(1, Math.round((minutes / promised) * left)),
    earned: price * (unit === 'piece' ? done : Math.ceil((await secondsOf(pack)) / 60)),
  }
}

/** Seconds at the pieces of a pack, also at those that were given back. */
async function secondsOf({ userId, batchId, acceptedAt, endedAt }: Pack): Promise<number> {
  const { rows } = await db.rawQuery<{ rows: { seconds: number }[] }>(
    `select coalesce(sum(extract(epoch from s.ended_at - s.started_at)), 0)::float as seconds
     from assignments a join tasks t on t.id = a.task_id join activity_spans s on s.assignment_id = a.id
     where a.user_id = :user and t.kind = 'piece' and t.group_key = :batch
       and a.started_at >= :from and a.started_at < coalesce(cast(:until as timestamptz), now() + interval '1 second')`,
    {
      user: userId,
      batch: batchId,
      from: acceptedAt.toISO()!,
      until: endedAt?.toISO() ?? (null as unknown as string),
    }
  )
  return rows[0].seconds
}

/** A pack of which nothing is left has ended. */
export async function endPackIfDone(packId: string): Promise<void> {
  if ((await countPromised(packId)) > 0) return
  await transition((t) => endPacks(t, [packId], 'done'))
}
