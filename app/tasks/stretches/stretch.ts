import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'
import type { Transition } from '#app/core/transition'
import type { Site } from '#app/people/user'
import type { Wanted } from '#app/tasks/eligible'
import { StretchSchema } from '#database/schema'

/** `done`: as many as promised; `nothing_left`: others have done the rest; `stopped`: enough for now. */
type StretchEnd = 'done' | 'nothing_left' | 'stopped'

/** Whoever hasn't gone on for so long begins anew. */
const LASTS = `interval '3 hours'`

/** So many tasks of one group that somebody does one after the other, in the ten minutes that they have. */
export default class Stretch extends StretchSchema {
  declare site: Site
  declare endedReason: StretchEnd | null

  /** It is over, for this reason; what is done counts. */
  async end(t: Transition, reason: StretchEnd): Promise<void> {
    await t.trx
      .from('stretches')
      .where('id', this.id)
      .whereNull('ended_at')
      .update({ ended_at: t.trx.raw('now()'), ended_reason: reason })
  }
}

/** Somebody's stretch that runs, with what is left of it. */
export interface RunningStretch {
  stretch: Stretch
  /** tasks that are still to be done, with the one at hand */
  left: number
}

/** Finds the stretch that somebody is at where they are; null where there is none. */
export async function runningStretch(
  userId: string,
  site: Site,
  trx?: TransactionClientContract
): Promise<RunningStretch | null> {
  const stretch = await Stretch.query({ client: trx })
    .where({ userId, site })
    .whereNull('endedAt')
    .whereRaw(`started_at > now() - ${LASTS}`)
    .first()
  if (!stretch) return null
  // What is taken back is to be done again: it is counted where it stands.
  const [{ done }]: { done: number }[] = await (trx ?? db)
    .from('assignments as a')
    .join('tasks as t', 't.id', 'a.task_id')
    .where({ 'a.user_id': userId, 'a.ended_reason': 'done' })
    .whereRaw('a.started_at >= (select started_at from stretches where id = ?)', [stretch.id])
    .where({ 't.kind': stretch.kind, 't.group_key': stretch.groupKey })
    .select((trx ?? db).raw('count(*)::int as done'))
  return { stretch, left: Math.max(0, stretch.promised - done) }
}

/** SQL: whether a user `u` is at a stretch, wherever. */
export const AT_STRETCH = `exists (
  select 1 from stretches where stretches.user_id = u.id and stretches.ended_at is null) as "atStretch"`

/** Finds the stretch that a wanted task would be of: nothing certain, nothing of another kind, nothing of packs. */
export async function stretchWithin(
  t: Transition,
  userId: string,
  site: Site,
  { kind, taskId, packId, toPromise }: Wanted
): Promise<RunningStretch | null> {
  if (taskId || packId || toPromise) return null
  const running = await runningStretch(userId, site, t.trx)
  return running && (!kind || kind === running.stretch.kind) ? running : null
}

/** Minutes that so many tasks of a stretch take, as they usually do; one at the least. */
export function minutesFor(count: number, secondsEach: number): number {
  return Math.max(1, Math.round((count * secondsEach) / 60))
}

/** SQL, beside the rules of eligibility: a task `t` is of the group of a stretch, and of its service. */
export const OF_STRETCH = `t.group_key = :stretch_group and exists (
    select 1 from submissions of_service join service_versions version on version.id = of_service.service_version_id
    where of_service.id = t.submission_id and version.service_id = (
      select service_id from service_versions where id = cast(:stretch_version as uuid)))`

/** Returns what stands for the names in `OF_STRETCH`. */
export function ofStretch({ groupKey, serviceVersionId }: Stretch) {
  return { stretch_group: groupKey, stretch_version: serviceVersionId }
}

/** Removes stretches that ended some time ago: they count for nothing. Run daily. */
export async function removeOldStretches(): Promise<void> {
  await db.from('stretches').whereRaw(`started_at < now() - interval '31 days'`).delete()
}
