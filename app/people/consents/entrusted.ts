import type { Site } from '#app/people/user'
import { today } from '#app/core/clock'

/** The people who are given work of a client only where a consent of it names them: nobody, whoever works at home, or everybody. */
export const CONSENT_NEEDED = ['nobody', 'home', 'everybody'] as const
export type ConsentNeeded = (typeof CONSENT_NEEDED)[number]

/** The people who are given work of a client, by where they live: all, those of its regions alone, or at home only others. */
export const REGION_RULES = ['anywhere', 'only_there', 'not_at_home'] as const
export type RegionRule = (typeof REGION_RULES)[number]

/** SQL: a consent `c` of a client holds on the day `:entrusted_today`. */
const HOLDS = `c.ended_at is null and c.given_on <= :entrusted_today and (c.until is null or c.until >= :entrusted_today)`

/**
 * The rules of a client by which its work is given to somebody at a site, as a condition: its consents name them where it
 * wants that, and they live where it wants that. Whose region isn't kept lives nowhere that it may be sure of. It names
 * `:entrusted_today`.
 * @param sql what stands for the ids of the client and of the person, and for the site
 */
export const entrusted = (sql: { client: string; user: string; site: string }) => `not exists (
    select 1 from organizations o
    where o.id = ${sql.client} and (
      (o.consent_needed = 'everybody' or (o.consent_needed = 'home' and ${sql.site} = 'home')) and not exists (
        select 1 from consents c join consent_people p on p.consent_id = c.id
        where c.client_id = o.id and p.user_id = ${sql.user} and ${sql.site} = any(c.sites) and ${HOLDS})
      or o.region_rule = 'only_there' and not exists (
        select 1 from engagements g where g.user_id = ${sql.user} and g.region = any(o.regions))
      or o.region_rule = 'not_at_home' and ${sql.site} = 'home' and not exists (
        select 1 from engagements g where g.user_id = ${sql.user} and g.region <> all(o.regions))))`

/** The same for a task `t`. It names `:user` and `:site` as well. */
export const ENTRUSTED = entrusted({ client: 't.client_id', user: ':user', site: ':site' })

/** Returns what stands for the names in `ENTRUSTED`. */
export function entrustedFor(userId: string, site: Site) {
  return { user: userId, site, entrusted_today: today() }
}
