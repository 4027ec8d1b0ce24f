import db from '@adonisjs/lucid/services/db'
import Dispute, { type DisputeState } from '#app/tasks/log/dispute'
import { daysOf } from '#app/tasks/log/month_log'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

/** A word of somebody on the figures of a day, and what was answered. */
export interface DayDispute {
  id: string
  /** YYYY-MM-DD */
  day: string
  state: DisputeState
  answer: string | null
}

/** One that waits for an answer, with the figures as they were shown. */
export interface WaitingDispute {
  id: string
  name: string
  day: string
  tasks: number
  minutes: number
  created_at: Date
}

/**
 * Says with one click that the figures of a day of one's own are wrong; harmless to say twice.
 * @returns false where nothing was logged on it
 */
export async function disputeDay(user: User, day: string): Promise<boolean> {
  const days = (await daysOf(day.slice(0, 7), [user.id])).get(user.id) ?? []
  const logged = days.find((one) => one.day === day)
  if (!logged) return false
  await transition(async (t) => {
    const id = newId()
    const opened: unknown[] = await t.trx
      .knexQuery()
      .insert({
        id,
        user_id: user.id,
        day,
        tasks: logged.tasks,
        minutes: logged.minutes + logged.typed,
      })
      .into('disputes')
      .onConflict(t.trx.knexRawQuery(`(user_id, day) where state = 'open'`))
      .ignore()
      .returning('id')
    if (opened.length > 0)
      t.recordOnly({
        verb: 'dispute.opened',
        subject: { type: 'dispute', id },
        actorId: user.id,
        detail: { day },
      })
  })
  return true
}

/** Takes one's own back; false where it is answered. */
export async function withdrawDispute(user: User, id: string): Promise<boolean> {
  const own: unknown = await db.from('disputes').where({ id, user_id: user.id }).first()
  return own !== null && transition((t) => Dispute.withdraw(t, id, user.id))
}

/** Answers somebody else's; false where it is one's own, or over. */
export async function answerDispute(user: User, id: string, answer: string): Promise<boolean> {
  const foreign: unknown = await db
    .from('disputes')
    .where('id', id)
    .whereNot('user_id', user.id)
    .first()
  return foreign !== null && transition((t) => Dispute.answer(t, id, answer, user.id))
}

/** Finds what somebody says of days of a month: the newest of each day that they haven't taken back. */
export async function disputesOf(month: string, userId: string): Promise<Map<string, DayDispute>> {
  const rows: DayDispute[] = await db
    .from('disputes')
    .where('user_id', userId)
    .whereRaw(`to_char(day, 'YYYY-MM') = ?`, [month])
    .whereNot('state', 'withdrawn')
    .orderBy('created_at')
    .select('id', db.raw(`to_char(day, 'YYYY-MM-DD') as day`), 'state', 'answer')
  return new Map(rows.map((row) => [row.day, row]))
}

/** Lists what waits for an answer, the oldest first; one's own is somebody else's to answer. */
export function waitingDisputes(userId: string, max: number): Promise<WaitingDispute[]> {
  return db
    .from('disputes as d')
    .join('users as u', 'u.id', 'd.user_id')
    .where('d.state', 'open')
    .whereNot('d.user_id', userId)
    .orderBy('d.created_at')
    .limit(max)
    .select('d.id', 'u.display_name as name', 'd.tasks', 'd.minutes', 'd.created_at')
    .select(db.raw(`to_char(d.day, 'YYYY-MM-DD') as day`))
}
