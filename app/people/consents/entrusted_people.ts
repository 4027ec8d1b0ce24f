import db from '@adonisjs/lucid/services/db'
import { entrusted } from '#app/people/consents/entrusted'
import { today } from '#app/core/clock'

/** The rules of a client `o` for one of `AT_WORK`. It names `:entrusted_today`. */
export const RULES_OF_CLIENT = entrusted({ client: 'o.id', user: 'u.id', site: 'site' })
/** People `u` who work here, at each `site` of theirs; further conditions follow. */
export const AT_WORK = `users u cross join lateral unnest(u.sites) as site
  where u.left_at is null and u.frozen_at is null
    and exists (select 1 from organizations own where own.id = u.organization_id and own.kind = 'center')`

/** Counts for each client the people who may be given its work today, by site. */
export async function countEntrusted(): Promise<Map<string, { center: number; home: number }>> {
  const { rows } = await db.rawQuery<{ rows: { id: string; center: number; home: number }[] }>(
    `select o.id, people.* from organizations o cross join lateral (
       select count(*) filter (where site = 'center')::int as center, count(*) filter (where site = 'home')::int as home
       from ${AT_WORK} and ${RULES_OF_CLIENT}) as people
     where o.kind = 'client'`,
    { entrusted_today: today() }
  )
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}
