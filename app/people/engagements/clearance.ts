import type { Site, default as User } from '#app/people/user'
import { today } from '#app/core/clock'
import { NumberSetting } from '#app/core/number_setting'

/** Says which people need a valid non-disclosure agreement and contract to get work. */
export const clearanceNeeded = new NumberSetting({
  name: 'people.clearance',
  section: 'safety',
  unit: 'choice',
  choices: ['nobody', 'home', 'everybody'],
  // Whoever has kept no register yet could do nothing from one day to the next.
  fallback: 0,
  min: 0,
  max: 2,
})

/**
 * The rule of clearance, as a condition: at this site no valid agreement and contract is needed, or there is one. It names
 * `:clearance_home` and `:clearance_today`, and `:user`.
 */
export const CLEARED = `(coalesce((select value from settings where name = '${clearanceNeeded.name}'), ${clearanceNeeded.fallback}) < :clearance_from
  or exists (
    select 1 from engagements g
    where g.user_id = :user and g.nda_until >= :clearance_today and (g.ends_on is null or g.ends_on >= :clearance_today)))`

/** Returns what stands for the names in `CLEARED`. */
export function clearanceFor(user: User, site: Site) {
  return {
    user: user.id,
    clearance_from: site === 'home' ? 1 : 2,
    clearance_today: today(),
  }
}
