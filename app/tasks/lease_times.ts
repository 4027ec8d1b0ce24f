import { NumberSetting } from '#app/core/number_setting'

/** Minutes that a lease lasts without a sign of life. */
export const leaseMinutes = new NumberSetting({
  name: 'tasks.lease_minutes',
  section: 'work',
  unit: 'minutes',
  fallback: 10,
  min: 3,
  max: 120,
})

/** Minutes that a task lies ready without a sign of life from who would do it next. */
export const AHEAD_MINUTES = 3

/** SQL: minutes of a lease, whoever has set them. */
export const LEASE_MINUTES =
  'coalesce((select value from settings where name = :minutes), cast(:usual as integer))'

/** Returns what stands for the names in `LEASE_MINUTES`. */
export function leaseTimes() {
  return { minutes: leaseMinutes.name, usual: leaseMinutes.fallback }
}

/**
 * SQL for the first statement of a transaction that leases: what follows in it is planned once, whoever asks. To plan the
 * search for the next task anew for each takes longer than the search.
 */
export const PLANNED_ONCE = `set_config('plan_cache_mode', 'force_generic_plan', true) as plans`

/**
 * The same for a transaction that does nothing but lease: nobody waits for the disk. A lease that the
 * host's power took within the same second was one on which nothing was typed yet; the next save writes both.
 */
export const NOT_AWAITED = `${PLANNED_ONCE}, set_config('synchronous_commit', 'off', true) as awaits`
