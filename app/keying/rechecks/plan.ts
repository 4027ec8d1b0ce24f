import { randomInt } from 'node:crypto'
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

/** A service's plan as it holds for a while: no save asks for it by itself. */
interface Plan {
  share: number
  /** of this week's, as far as its days have gone */
  left: number
  /** performance.now() until which it holds */
  until: number
}

const PLAN_MS = 60_000
/** So long nothing is looked for of a service of which nothing was found. */
const NOTHING_MS = 600_000

const plans = new Map<string, Plan>()

/** Forgets the plans, for who can't wait. */
export function forgetPlans(): void {
  plans.clear()
}

/** Whether something that is known is to be keyed again now: by the plan of the week, spread over its days, or by the share. */
export async function isDue(t: Transition, serviceId: string): Promise<boolean> {
  let plan = plans.get(serviceId)
  if (!plan || performance.now() > plan.until) {
    plan = await readPlan(t, serviceId)
    plans.set(serviceId, plan)
  }
  if (plan.left > 0) {
    plan.left--
    return true
  }
  return randomInt(100) < plan.share
}

/** Nothing of a service is known that could be keyed again. */
export function foundNothing(serviceId: string): void {
  plans.set(serviceId, { share: 0, left: 0, until: performance.now() + NOTHING_MS })
}

async function readPlan(t: Transition, serviceId: string): Promise<Plan> {
  const monday = mondayOf(today())
  const planned = await weeklyRechecks.value(t.trx)
  const { rows } = await t.trx.rawQuery<{ rows: { count: number; differs: boolean }[] }>(
    `select count(*) filter (where r.week = :week)::int as count,
       coalesce(bool_or(exists (select 1 from recheck_fields f where f.recheck_id = r.id and f.differs)), false) as differs
     from rechecks r where r.service_id = :service and r.week >= :since`,
    { service: serviceId, week: monday, since: addDays(monday, -7 * WATCHED_WEEKS) }
  )
  const wanted = planned * (rows[0].differs ? 2 : 1)
  const dayOfWeek = Math.min(WORKING_DAYS, weekday(today()))
  return {
    share: await knownShare.value(t.trx),
    left: Math.max(0, Math.ceil((wanted * dayOfWeek) / WORKING_DAYS) - rows[0].count),
    until: performance.now() + PLAN_MS,
  }
}
