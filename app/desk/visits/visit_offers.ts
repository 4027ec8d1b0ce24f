import db from '@adonisjs/lucid/services/db'
import type { VisitView } from '#app/desk/visits/visit_screen'
import type { DonePerson } from '#app/desk/visits/done_people'
import { rulesOf } from '#app/catalog/handover_rules'
import { doorOf } from '#app/desk/visits/hold_place'
import type Visit from '#app/desk/visits/visit'
import { slotsOf } from '#app/handover/connectors'
import type { Offer } from '#app/handover/connector'
import type { AskedFor } from '#app/submissions/asked_for'
import { wishedTimes } from '#app/handover/wished_times'

/** So many times are shown at once: as many as one can choose among by ear. */
const OFFERED = 3
const MORE_OFFERED = 9

/** People of one visit are offered times next to each other. */
export async function offersFor(
  asked: AskedFor,
  visit: Visit,
  done: DonePerson[],
  { more, from, weekday, half }: Pick<VisitView, 'more' | 'from' | 'weekday' | 'half'>
): Promise<Offer[]> {
  const connector = slotsOf(asked.version)
  const near = asked.dose ? [] : done.flatMap(({ booking }) => booking?.startsAt ?? [])
  const offers = await connector.offers(
    asked,
    {
      door: doorOf(visit),
      count: more || from ? MORE_OFFERED : OFFERED,
      from,
      weekday,
      half,
      // Three times of one morning are no choice; a couple wants to come together, though.
      oneADay: !more && near.length === 0,
      ...(near.length > 0 || !connector.asksWishes ? { near } : {}),
    },
    db
  )
  // The one that was asked for stands first, whatever comes before it.
  return connector.asksWishes && !from && !more ? nearestFirst(offers, asked) : offers
}

function nearestFirst(offers: Offer[], asked: AskedFor): Offer[] {
  const nearest = offers[nearestOf(offers, asked)]
  return nearest ? [nearest, ...offers.filter((offer) => offer !== nearest)] : offers
}

/** The calendars from which times are offered: their changes are followed. */
export async function offersCalendars(visit: Visit, asked: AskedFor | null): Promise<string[]> {
  if (!asked) return []
  const { handover } = asked.version.description
  const rows: { id: string }[] = await db
    .from('calendars')
    .where('client_id', visit.clientId)
    .whereIn('slug', rulesOf(handover).calendars(handover))
    .select('id')
  return rows.map((row) => row.id)
}

/** The place of the offer that is nearest to what was wished. */
export function nearestOf(offers: Offer[], asked: AskedFor | null): number {
  const wish = asked && wishedTimes(asked)[0]
  if (!wish || !slotsOf(asked.version).asksWishes) return 0
  const distances = offers.map((offer) => Math.abs(Date.parse(offer.startsAt) - Date.parse(wish)))
  return Math.max(distances.indexOf(Math.min(...distances)), 0)
}
