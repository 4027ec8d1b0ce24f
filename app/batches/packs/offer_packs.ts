import Batch from '#app/batches/batch'
import { minutesOf } from '#app/batches/minutes_of'
import { amountOf, termsOf, type Terms } from '#app/batches/packs/terms'
import { isForHome } from '#app/batches/pieces/piece_task_of'
import { isCleared } from '#app/people/engagements/is_cleared'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { countOffered } from '#app/tasks/promised_tasks'

/** Minutes that a pack should take; people choose. */
const PACK_MINUTES = [10, 20, 40] as const
/** Batches that are offered at once; more are less of a choice. */
const MAX_OFFERS = 12
/** Batches that are looked through for them. */
const MAX_LOOKED_AT = 60

/** A batch of which somebody could accept a pack, and its shortest one. */
export interface Offer extends Pick<
  Terms,
  'work' | 'title' | 'promised' | 'minutes' | 'unit' | 'price'
> {
  batchId: string
}

/** Lists the batches of which somebody could accept a pack where they are: soonest due first. */
export async function offerPacks(user: User, site: Site): Promise<Offer[]> {
  if (!user.may('values.key') || !(await isCleared(user, site))) return []
  const batches = await Batch.query()
    .where('state', 'open')
    .orderBy('priority', 'desc')
    .orderBy('dueOn')
    .orderBy('number')
    .limit(MAX_LOOKED_AT)
  const offers: Offer[] = []
  for (const batch of batches) {
    if (offers.length === MAX_OFFERS) break
    const { sizes, minutesEach } = await sizesOf(user, batch, site)
    if (sizes.length === 0) continue
    const [promised] = sizes
    const { name: work, unit, price } = batch.definition
    const { minutes } = amountOf(batch.definition, promised, minutesEach)
    offers.push({ batchId: batch.id, title: batch.title, work, unit, price, promised, minutes })
  }
  return offers
}

/** Returns the packs of one batch that somebody could accept, the shortest first; none where nothing is there for them. */
export async function offersOf(user: User, batch: Batch, site: Site): Promise<Terms[]> {
  if (!user.may('values.key') || !(await isCleared(user, site))) return []
  const { sizes, minutesEach } = await sizesOf(user, batch, site)
  return sizes.length > 0 ? termsOf(user, batch, { sizes, minutesEach, site }) : []
}

/** The sizes of packs (pieces) that there is enough work for, the shortest one in any case. */
async function sizesOf(
  user: User,
  batch: Batch,
  site: Site
): Promise<{ sizes: number[]; minutesEach: number }> {
  if (site === 'home' && !isForHome(batch)) return { sizes: [], minutesEach: 0 }
  const minutesEach = await minutesOf(batch)
  const wanted = PACK_MINUTES.map((minutes) => Math.max(1, Math.round(minutes / minutesEach)))
  const offered = { kind: 'piece', groupKey: batch.id }
  const there = await countOffered(user, site, offered, Math.max(...wanted))
  const sizes = new Set(wanted.map((count) => Math.min(count, there)).filter(Boolean))
  return { sizes: [...sizes], minutesEach }
}
