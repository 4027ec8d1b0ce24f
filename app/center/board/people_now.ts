import db from '@adonisjs/lucid/services/db'
import { AT_WORK, RULES_OF_CLIENT } from '#app/people/consents/entrusted_people'
import { today } from '#app/core/clock'

/** Somebody who has worked today and has nothing in hand: somebody to ask. */
export interface FreePerson {
  id: string
  name: string
  site: string
  /** when they ended what they did last */
  since: Date
}

/** Lists who worked today and has nothing in hand now; who has just ended comes first. */
export function freePeople(): Promise<FreePerson[]> {
  return (
    db
      .from('users as u')
      .joinRaw(
        `cross join lateral (
         select site, ended_at from assignments where user_id = u.id order by started_at desc limit 1) as last`
      )
      .whereNull('u.left_at')
      .whereNull('u.frozen_at')
      .whereNotNull('last.ended_at')
      // What only lies ready is begun after what they are at.
      .whereRaw(
        `not exists (select 1 from assignments a where a.user_id = u.id and a.ended_at is null and not a.ahead)`
      )
      .whereRaw(`last.ended_at >= cast(? as timestamp) at time zone 'Asia/Tokyo'`, [today()])
      .orderBy('last.ended_at', 'desc')
      .limit(100)
      .select('u.id', 'u.display_name as name', 'last.site', 'last.ended_at as since')
  )
}

/** Lists skills that open work asks for and nobody has who works here: that work waits for ever. */
export async function missingSkills(): Promise<{ skill: string; count: number }[]> {
  const { rows } = await db.rawQuery<{ rows: { skill: string; count: number }[] }>(
    `select t.skill, count(*)::int as count from tasks t
     where t.state = 'open' and t.skill is not null and not exists (
       select 1 from qualifications q join users u on u.id = q.user_id
       where q.skill = t.skill and u.left_at is null and u.frozen_at is null
         and (q.valid_until is null or q.valid_until >= cast(? as date)))
     group by t.skill order by count(*) desc`,
    [today()]
  )
  return rows
}

/** Lists clients whose work waits though their rules let nobody have it who works here: it waits for ever. */
export async function unentrustedClients(): Promise<string[]> {
  const { rows } = await db.rawQuery<{ rows: { name: string }[] }>(
    `select o.name from organizations o
     where (o.consent_needed <> 'nobody' or o.region_rule <> 'anywhere')
       and exists (select 1 from tasks t where t.client_id = o.id and t.state = 'open')
       and not exists (select 1 from ${AT_WORK} and ${RULES_OF_CLIENT})
     order by o.name`,
    { entrusted_today: today() }
  )
  return rows.map(({ name }) => name)
}

/** Lists teams with open batches in which there is nobody any more: those wait for ever. */
export async function emptyTeams(): Promise<string[]> {
  const { rows } = await db.rawQuery<{ rows: { name: string }[] }>(
    `select t.name from teams t
     where exists (select 1 from batches b where b.team_id = t.id and b.state = 'open')
       and not exists (
         select 1 from team_members m join users u on u.id = m.user_id
         where m.team_id = t.id and u.left_at is null and u.frozen_at is null)
     order by t.name`
  )
  return rows.map(({ name }) => name)
}
