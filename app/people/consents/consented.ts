import type { Site } from '#app/people/user'
import { today } from '#app/core/clock'

/** The people who are given work of a client only where a consent of it names them: nobody, whoever works at home, or everybody. */
export const CONSENT_NEEDED = ['nobody', 'home', 'everybody'] as const
export type ConsentNeeded = (typeof CONSENT_NEEDED)[number]

/** SQL: a consent `c` of a client holds on the day `:consent_today`. */
export const HOLDS = `c.ended_at is null and c.given_on <= :consent_today and (c.until is null or c.until >= :consent_today)`

/**
 * The rule of consent for a task `t`, as a condition: its client needs none at this site, or one that holds names this
 * person there. It names `:user`, `:site` and `:consent_today`.
 */
export const CONSENTED = `(not exists (
    select 1 from organizations o
    where o.id = t.client_id and (o.consent_needed = 'everybody' or (o.consent_needed = 'home' and :site = 'home')))
  or exists (
    select 1 from consents c join consent_people p on p.consent_id = c.id
    where c.client_id = t.client_id and p.user_id = :user and :site = any(c.sites) and ${HOLDS}))`

/** Returns what stands for the names in `CONSENTED`. */
export function consentFor(userId: string, site: Site) {
  return { user: userId, site, consent_today: today() }
}
