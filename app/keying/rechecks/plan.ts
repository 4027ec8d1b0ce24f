import { today } from '#app/core/clock'
import { addDays, weekday } from '#app/core/japanese_calendar'
import { NumberSetting } from '#app/core/number_setting'
import type { Transition } from '#app/core/transition'

/** Per cent of what is keyed that is known already: whoever keys it can't tell. */
export const knownShare = new NumberSetting({
  name: 'keying.known_share',
  section: 'work',
  unit: 'percent',
  fallback: 5,
  min: 0,
  max: 100,
})

/** Groups of each service that are looked at again in a week, whatever its share is; twice as many where something differed. */
export const weeklyRechecks = new NumberSetting({
  name: 'keying.weekly_rechecks',
  section: 'work',
  unit: 'groups',
  fallback: 20,
  min: 0,
  max: 1000,
})

/** Weeks in which a difference makes more be looked at. */
const WATCHED_WEEKS = 4
const WORKING_DAYS = 5

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  return addDays(day, 1 - weekday(day))
}

interface Counted {
  service_id: string
  /** groups that people keyed within the last hour */
  keyed: number
  /** that were planted in it, and in this week */
  planted: number
  week: number
  differs: boolean
}

/**
 * Counts how many groups of each service are due to be keyed again: by its share of what was keyed within the hour, or by
 * the plan of the week as far as its days have gone, whichever is more. Those of which none is due are left out.
 */
export async function dueRechecks(t: Transition): Promise<Map<string, number>> {
  const monday = mondayOf(today())
  const share = await knownShare.value(t.trx)
  const weekly = await weeklyRechecks.value(t.trx)
  const { rows } = await t.trx.rawQuery<{ rows: Counted[] }>(
    `select s.id as service_id, coalesce(k.keyed, 0) as keyed, coalesce(p.planted, 0) as planted, coalesce(p.week, 0) as week,
       coalesce(p.differs, false) as differs
     from services s
     left join (
       select v.service_id, count(*)::int as keyed
       from entries e join submissions u on u.id = e.submission_id join service_versions v on v.id = u.service_version_id
       where e.source = 'person' and e.created_at > now() - interval '1 hour' group by v.service_id) as k on k.service_id = s.id
     left join (
       select r.service_id, count(*) filter (where r.created_at > now() - interval '1 hour')::int as planted,
         count(*) filter (where r.week = :week)::int as week,
         bool_or(exists (select 1 from recheck_fields f where f.recheck_id = r.id and f.differs)) as differs
       from rechecks r where r.week >= :since group by r.service_id) as p on p.service_id = s.id`,
    { week: monday, since: addDays(monday, -7 * WATCHED_WEEKS) }
  )
  const day = Math.min(WORKING_DAYS, weekday(today()))
  const due = rows.map(({ service_id: id, keyed, planted, week, differs }): [string, number] => {
    const byShare = Math.floor((keyed * share) / 100) - planted
    const byPlan = Math.ceil((weekly * (differs ? 2 : 1) * day) / WORKING_DAYS) - week
    return [id, Math.max(byShare, byPlan)]
  })
  return new Map(due.filter(([, count]) => count > 0))
}
