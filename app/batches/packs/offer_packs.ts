import Batch from '#app/batches/batch'
import { minutesOf } from '#app/batches/minutes_of'
import { askedFor } from '#app/batches/packs/asked_for'
import { amountOf, termsOf, type Terms } from '#app/batches/packs/terms'
import { FOR_TEAM, isForTeam } from '#app/batches/teams/in_team'
import { teamNames } from '#app/batches/teams/list_teams'
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
/** So far the minutes that somebody was shown may be from those that are measured now, of one. */
const MINUTES_APART = 0.25

/** A batch of which somebody could accept a pack, and its shortest one. */
export interface Offer extends Pick<
  Terms,
  'work' | 'title' | 'promised' | 'minutes' | 'unit' | 'price'
> {
  batchId: string
  /** a leader asks them for it by name */
  isAsked: boolean
  /** name of their team that does it */
  team: string | null
}

/** Lists the batches of which somebody could accept a pack where they are: soonest due first. */
export async function offerPacks(user: User, site: Site): Promise<Offer[]> {
  if (!user.may('values.key') || !(await isCleared(user, site))) return []
  const batches = await Batch.query()
    .where('state', 'open')
    .whereRaw(FOR_TEAM, [user.id])
    // Of those that somebody could be given anything of.
    .whereExists((tasks) =>
      tasks
        .from('tasks')
        .where({ kind: 'piece', state: 'open' })
        .whereNull('pack_id')
        .whereRaw('group_key = batches.id::text')
    )
    .orderBy('priority', 'desc')
    .orderBy('dueOn')
    .orderBy('number')
    .limit(MAX_LOOKED_AT)
  const asked = await askedFor(user.id)
  const rankOf = ({ id }: Batch) => (asked.has(id) ? 1 : 0)
  const teams = await teamNames()
  const offers: Offer[] = []
  // Whatever else there is: what somebody is asked for by name comes first.
  for (const batch of batches.toSorted((one, other) => rankOf(other) - rankOf(one))) {
    if (offers.length === MAX_OFFERS) break
    const { sizes, minutesEach } = await sizesOf(user, batch, site)
    if (sizes.length === 0) continue
    const [promised] = sizes
    const { name: work, unit, price } = batch.definition
    const { minutes } = amountOf(batch.definition, promised, minutesEach)
    offers.push({
      batchId: batch.id,
      title: batch.title,
      work,
      unit,
      price,
      promised,
      minutes,
      isAsked: asked.has(batch.id),
      team: batch.teamId ? (teams.get(batch.teamId) ?? null) : null,
    })
  }
  return offers
}

/** Returns the packs of one batch that somebody could accept, the shortest first; none where nothing is there for them. */
export async function offersOf(user: User, batch: Batch, site: Site): Promise<Terms[]> {
  if (!user.may('values.key') || !(await isCleared(user, site))) return []
  if (!(await isForTeam(user, batch))) return []
  const { sizes, minutesEach } = await sizesOf(user, batch, site)
  return sizes.length > 0 ? termsOf(user, batch, { sizes, minutesEach, site }) : []
}

export type OfferedBefore =
  { ok: true; terms: Terms } | { ok: false; reason: 'nothing_left' | 'other_terms' }

/**
 * Writes the terms of a pack that somebody was shown a while ago. Of its size it may be offered still, though another one
 * would be today; what it is expected to take may have changed a little, and holds as it was shown.
 */
export async function offeredBefore(
  user: User,
  batch: Batch,
  site: Site,
  { promised, minutes }: Pick<Terms, 'promised' | 'minutes'>
): Promise<OfferedBefore> {
  if (!(await isForTeam(user, batch))) return { ok: false, reason: 'nothing_left' }
  const { sizes, minutesEach } = await sizesOf(user, batch, site)
  if (sizes.length === 0) return { ok: false, reason: 'nothing_left' }
  const expected = amountOf(batch.definition, promised, minutesEach).minutes
  const isOffered = promised <= Math.max(...sizes)
  if (!isOffered || Math.abs(expected - minutes) > Math.max(1, expected * MINUTES_APART))
    return { ok: false, reason: 'other_terms' }
  const each = minutes / promised
  const [terms] = await termsOf(user, batch, { sizes: [promised], minutesEach: each, site })
  return { ok: true, terms }
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
