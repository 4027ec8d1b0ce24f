import type User from '#app/people/user'
import type { Door } from '#app/bookings/calendar'
import type Calendar from '#app/bookings/calendar'
import { transition } from '#app/core/transition'

export type Moved = { ok: true } | { ok: false; reason: 'not_that_many' }

/**
 * Moves free places of a day from one door to another. A door never takes another's places by itself, however
 * fast it is: only people move them, and only those that nobody has taken yet.
 */
export async function moveQuota(
  user: User,
  calendar: Calendar,
  day: string,
  move: { from: Door; to: Door; places: number }
): Promise<Moved> {
  return transition(async (t) => {
    const doors: { door: Door; places: number; taken: number }[] = await t.trx
      .from('quotas')
      .where({ calendar_id: calendar.id, day })
      .whereIn('door', [move.from, move.to])
      .orderBy('door')
      .forUpdate()
    const from = doors.find((row) => row.door === move.from)
    const to = doors.find((row) => row.door === move.to)
    if (!from || !to || from === to || from.places - from.taken < move.places)
      return { ok: false, reason: 'not_that_many' }
    const quota = (door: Door) =>
      t.trx.from('quotas').where({ calendar_id: calendar.id, day, door })
    await quota(move.from).update({ places: from.places - move.places })
    await quota(move.to).update({ places: to.places + move.places })
    t.announce(`calendars/${calendar.id}`)
    t.record({
      verb: 'quota.moved',
      subject: { type: 'calendar', id: calendar.id },
      clientId: calendar.clientId,
      actorId: user.id,
      detail: { day, ...move },
    })
    return { ok: true }
  })
}
