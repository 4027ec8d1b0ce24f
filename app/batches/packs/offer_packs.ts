import db from '@adonisjs/lucid/services/db'
import Batch from '#app/batches/batch'
import { termsOf, type Terms } from '#app/batches/packs/terms'
import { isForHome } from '#app/batches/pieces/piece_task_of'
import { isCleared } from '#app/people/engagements/is_cleared'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { countOffered } from '#app/tasks/promised_tasks'

/** Minutes that a pack should take; people choose. */
export const PACK_MINUTES = [10, 20, 40] as const
/** Batches that are offered at once; more are less of a choice. */
const MAX_OFFERS = 12
/** Batches that are looked through for them. */
const MAX_LOOKED_AT = 60
/** Answers of which the time is known before it is believed, and as many as are looked at. */
const ENOUGH_MEASURED = 20
const LATELY = 200

export interface Offer {
  batchId: string
  title: string
  /** for each length of a pack that there is enough work for, the shortest one in any case */
  terms: Terms[]
}

/** Lists the packs that somebody could accept where they are: soonest due first. */
export async function offerPacks(user: User, site: Site): Promise<Offer[]> {
  const batches = await Batch.query()
    .where('state', 'open')
    .orderBy('priority', 'desc')
    .orderBy('dueOn')
    .orderBy('number')
    .limit(MAX_LOOKED_AT)
  const offers: Offer[] = []
  for (const batch of batches) {
    if (offers.length === MAX_OFFERS) break
    const terms = await offersOf(user, batch, site)
    if (terms.length > 0) offers.push({ batchId: batch.id, title: batch.title, terms })
  }
  return offers
}

/** Returns the packs of one batch that somebody could accept, the shortest first; none where nothing is there for them. */
export async function offersOf(user: User, batch: Batch, site: Site): Promise<Terms[]> {
  if (!user.may('values.key') || (site === 'home' && !isForHome(batch))) return []
  if (!(await isCleared(user, site))) return []
  const minutesEach = await minutesOf(batch)
  const wanted = PACK_MINUTES.map((minutes) => Math.max(1, Math.round(minutes / minutesEach)))
  const there = await countOffered(
    user,
    site,
    { kind: 'piece', groupKey: batch.id },
    Math.max(...wanted)
  )
  const counts = new Set(wanted.map((count) => Math.min(count, there)).filter(Boolean))
  return Promise.all(
    [...counts].map((promised) => termsOf(user, batch, { promised, minutesEach, site }))
  )
}

/** Minutes that one piece takes: as measured lately, or as the kind says. */
export async function minutesOf(batch: Batch): Promise<number> {
  const [{ count, seconds }]: { count: number; seconds: number | null }[] = await db
    .from(
      (lately) =>
        void lately
          .from('piece_answers')
          .where('batch_id', batch.id)
          .where('seconds', '>', 0)
          .orderBy('created_at', 'desc')
          .limit(LATELY)
          .select('seconds')
          .as('lately')
    )
    .select(db.raw('count(*)::int as count'), db.raw('avg(seconds)::float as seconds'))
  return count >= ENOUGH_MEASURED && seconds ? seconds / 60 : batch.definition.minutes
}
