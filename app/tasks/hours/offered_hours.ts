import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { transition } from '#app/core/transition'

/** Days from today on for which hours can be offered. */
export const OFFERED_DAYS = 14
/** A span in which somebody offers to work. */
export interface OfferedSpan {
  /** YYYY-MM-DD */
  day: string
  /** HH:MM */
  from: string
  until: string
  site: 'home' | 'center'
  childcare: boolean
}

/** The days for which hours can be offered now. */
export function offeredDays(): string[] {
  return Array.from({ length: OFFERED_DAYS }, (_, index) => addDays(today(), index))
}

/** Finds what somebody has offered for these days. */
export async function offeredBy(userId: string): Promise<OfferedSpan[]> {
  return db
    .from('offered_hours')
    .where('user_id', userId)
    .whereBetween('day', [today(), addDays(today(), OFFERED_DAYS - 1)])
    .orderBy(['day', 'from_time'])
    .select(
      'day',
      db.raw(`to_char(from_time, 'HH24:MI') as "from"`),
      db.raw(`to_char(until_time, 'HH24:MI') as "until"`),
      'site',
      'childcare'
    )
}

/** Key of a message that says what is wrong with offered spans, and on which day. */
export interface HoursProblem {
  key: 'hours_order' | 'hours_overlap' | 'hours_site'
  day: string
}

/** Says what is wrong with spans that somebody offers; null where nothing is. */
export function problemOf(spans: OfferedSpan[], user: Pick<User, 'sites'>): HoursProblem | null {
  for (const { day, from, until, site } of spans) {
    if (!from || !until || from >= until) return { key: 'hours_order', day }
    if (!user.sites.includes(site)) return { key: 'hours_site', day }
    const same = spans.filter((other) => other.day === day)
    if (same.some((other) => other.from !== from && other.from < until && from < other.until))
      return { key: 'hours_overlap', day }
    if (same.filter((other) => other.from === from).length > 1) return { key: 'hours_overlap', day }
  }
  return null
}

/** Keeps what somebody offers for the days from today on, in place of what they offered before. Past days stay. */
export async function offerHours(user: Pick<User, 'id'>, spans: OfferedSpan[]): Promise<void> {
  await transition(async (t) => {
    await t.trx.from('users').where('id', user.id).forUpdate().select('id')
    await t.trx.from('offered_hours').where('user_id', user.id).where('day', '>=', today()).delete()
    if (spans.length > 0)
      await t.trx.table('offered_hours').multiInsert(
        spans.map(({ day, from, until, site, childcare }) => ({
          user_id: user.id,
          day,
          from_time: from,
          until_time: until,
          site,
          childcare,
        }))
      )
    t.recordOnly({
      verb: 'hours.offered',
      subject: { type: 'user', id: user.id },
      actorId: user.id,
      detail: { spans: spans.length },
    })
  })
}

/** Hours that are offered on a day: by how many people, and for how long altogether. */
export interface OfferedDay {
  day: string
  people: number
  hours: number
}

/** Counts what is offered for the days from tomorrow on, by people who are still here. */
export async function offeredAhead(): Promise<OfferedDay[]> {
  const { rows } = await db.rawQuery<{ rows: OfferedDay[] }>(
    `select h.day, count(distinct h.user_id)::int as people,
       round((sum(extract(epoch from h.until_time - h.from_time)) / 3600)::numeric, 1)::float as hours
     from offered_hours h join users u on u.id = h.user_id
     where h.day > cast(:today as date) and h.day < cast(:end as date) and u.left_at is null and u.frozen_at is null
     group by h.day order by h.day`,
    { today: today(), end: addDays(today(), OFFERED_DAYS) }
  )
  return rows
}

/** Days for which offered hours are kept after their day. */
const KEPT_DAYS = 92

/** Removes hours that were offered for days long past. Run daily. */
export async function removeOldHours(): Promise<void> {
  await db.from('offered_hours').where('day', '<', addDays(today(), -KEPT_DAYS)).delete()
}

/** A span of today in which somebody is there to work, in minutes after midnight. */
export interface Presence {
  from: number
  until: number
}

/** Finds who is there today: those who have offered hours, in these; whoever works now without, until the end of the day. */
export async function presentToday(now: number, closing: number): Promise<Presence[]> {
  const { rows } = await db.rawQuery<{ rows: Presence[] }>(
    `select (extract(epoch from h.from_time) / 60)::int as "from", (extract(epoch from h.until_time) / 60)::int as until
     from offered_hours h join users u on u.id = h.user_id
     where h.day = cast(:today as date) and u.left_at is null and u.frozen_at is null
     union all
     select cast(:now as int), cast(:closing as int) from (
       select distinct user_id from assignments where ended_at is null) as a
     where not exists (select 1 from offered_hours h where h.user_id = a.user_id and h.day = cast(:today as date))`,
    { today: today(), now, closing }
  )
  return rows
}
