import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import type User from '#app/identity/user'
import type Calendar from '#app/bookings/calendar'
import type { Door } from '#app/bookings/calendar'
import { lockPlaces } from '#app/bookings/lock_places'
import { releasePlace } from '#app/bookings/release_place'
import { takeFreePlace } from '#app/bookings/take_free_place'
import { addCallBack } from '#app/calls/call_backs'
import { handoverContext } from '#app/handover/handover_context'
import { Connectors } from '#app/handover/connectors'
import { withdrawTasks } from '#app/work/add_task'
import { transition, type Transition } from '#app/shared/transition'

/** How long a replacement is kept for who is called about it (minutes). */
const REPLACEMENT_MINUTES = 3 * 24 * 60
const OFFERS_TRIED = 5

export type ClosureReason = 'snow' | 'storm' | 'staff' | 'other'
export interface Closed {
  affected: number
  /** for whom no other time could be held */
  without: number
}

interface Affected {
  id: string
  handover_id: string
  slot_id: string
  starts_at: string
  door: Door
  dose: string
}

/**
 * Closes a day, for snow: nothing more is booked there; for everybody who had a place, the nearest other one is held,
 * and they are called, in the order of their times. Each person is moved in a transaction of their own.
 */
export async function closeDay(
  user: User,
  calendar: Calendar,
  day: string,
  reason: ClosureReason
): Promise<Closed> {
  await transition(async (t) => {
    await t.trx
      .knexQuery()
      .insert({ calendar_id: calendar.id, day, reason, by_user_id: user.id })
      .into('closures')
      .onConflict(['calendar_id', 'day'])
      .ignore()
    await slotsOf(t, calendar, day).update({ closed_at: t.trx.raw('now()') })
    t.announce(`calendars/${calendar.id}`)
    t.record({
      verb: 'calendar.closed',
      subject: { type: 'calendar', id: calendar.id },
      clientId: calendar.clientId,
      actorId: user.id,
      detail: { day, reason },
    })
  })
  return replaceAll(user, calendar, day)
}

/**
 * Everybody who still has a place on a closed day, or one held that was offered: also who was overlooked when this was
 * interrupted. What clerks hold at this moment is only given back.
 */
async function replaceAll(user: User, calendar: Calendar, day: string): Promise<Closed> {
  let affected = 0
  let without = 0
  await giveBackHolds(calendar, day)
  for (;;) {
    const moved = await transition(async (t) => {
      const { rows }: { rows: Affected[] } = await t.trx.rawQuery(
        `select b.id, b.handover_id, b.slot_id, to_char(s.starts_at, 'YYYY-MM-DD"T"HH24:MI') as starts_at, b.door, b.dose
         from bookings b join slots s on s.id = b.slot_id
         where s.calendar_id = :calendar and s.starts_at::date = :day and b.state <> 'canceled' and b.handover_id is not null
         order by s.starts_at, b.created_at limit 1`,
        { calendar: calendar.id, day }
      )
      return rows[0] ? replace(t, user, rows[0]) : null
    })
    if (moved === null) return { affected, without }
    affected++
    if (!moved) without++
  }
}

async function replace(t: Transition, user: User, booking: Affected): Promise<boolean> {
  const context = await handoverContext(t, booking.handover_id)
  const asked = { ...context, dose: booking.dose }
  const { handover, submission } = context
  const connectors = await app.container.make(Connectors)
  const connector = connectors.slotsOf(context.version)
  const offers = await connector.offers(
    asked,
    { door: booking.door, count: OFFERS_TRIED, near: [booking.starts_at] },
    t.trx
  )
  await lockPlaces(t.trx, [booking.slot_id, ...offers.map((offer) => offer.slotId)])
  if (!(await releasePlace(t, booking.id, 'closure'))) return true
  await settleEarlierCalls(t, booking.id)
  let replacement: string | null = null
  for (const offer of offers) {
    const request = await connector.placeAt(asked, offer.slotId, booking.door, t.trx)
    const taken =
      request &&
      (await takeFreePlace(
        t,
        { ...request, replacesId: booking.id },
        { state: 'held', minutes: REPLACEMENT_MINUTES, handoverId: handover.id }
      ))
    if (!taken?.ok) continue
    replacement = taken.bookingId
    break
  }
  await handover
    .merge(replacement ? { reference: replacement } : { reference: null, state: 'canceled' })
    .save()
  await addCallBack(t, {
    reason: 'closure',
    clientId: submission.clientId,
    submissionId: submission.id,
    bookingId: replacement ?? booking.id,
    linkageId: submission.linkageId,
  })
  t.record({
    verb: 'booking.closed_out',
    subject: { type: 'booking', id: booking.id },
    clientId: submission.clientId,
    submissionId: submission.id,
    actorId: user.id,
  })
  return replacement !== null
}

/** Places that clerks hold for somebody who stands before them: they are told, and choose another. */
async function giveBackHolds(calendar: Calendar, day: string): Promise<void> {
  const { rows }: { rows: { id: string }[] } = await db.rawQuery(
    `select b.id from bookings b join slots s on s.id = b.slot_id
     where s.calendar_id = :calendar and s.starts_at::date = :day and b.state = 'held' and b.handover_id is null`,
    { calendar: calendar.id, day }
  )
  for (const { id } of rows) await transition((t) => releasePlace(t, id, 'closure'))
}

/** Who was to be called about the time that is closed now, is called about the next one only. */
async function settleEarlierCalls(t: Transition, bookingId: string): Promise<void> {
  await t.trx
    .from('waiting_list')
    .where({ offered_booking_id: bookingId, state: 'offered' })
    .update({ state: 'left' })
  const calls: { id: string }[] = await t.trx
    .from('call_backs')
    .where({ booking_id: bookingId, state: 'open' })
    .update({ state: 'given_up' })
    .returning(['id'])
  for (const { id } of calls) await withdrawTasks(t, { type: 'call_back', id }, 'call_back')
}

/** Opens a closed day again. Who was moved stays moved. */
export async function reopenDay(user: User, calendar: Calendar, day: string): Promise<void> {
  await transition(async (t) => {
    await t.trx.from('closures').where({ calendar_id: calendar.id, day }).delete()
    await slotsOf(t, calendar, day).update({ closed_at: null })
    t.announce(`calendars/${calendar.id}`)
    t.record({
      verb: 'calendar.reopened',
      subject: { type: 'calendar', id: calendar.id },
      clientId: calendar.clientId,
      actorId: user.id,
      detail: { day },
    })
  })
}

function slotsOf(t: Transition, calendar: Calendar, day: string) {
  return t.trx
    .from('slots')
    .where('calendar_id', calendar.id)
    .whereRaw('starts_at::date = ?', [day])
}
