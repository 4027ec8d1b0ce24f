import type User from '#app/people/user'
import type Calendar from '#app/bookings/calendar'
import type { Door } from '#app/bookings/calendar'
import {
  countMoved,
  endClosure,
  nextClosure,
  openClosure,
  removeClosure,
  type Closure,
  type ClosureReason,
} from '#app/bookings/closures'
import { lockPlaces } from '#app/bookings/lock_places'
import { releasePlace } from '#app/bookings/release_place'
import { takeFreePlace } from '#app/bookings/take_free_place'
import { addCallBack, endCallBacks } from '#app/replies/calls/call_backs'
import { handoverContext } from '#app/handover/handover_context'
import { slotsOf } from '#app/handover/connectors'
import { waitingPlace } from '#app/rebooking/waiting_place'
import { NumberSetting } from '#app/core/number_setting'
import { transition, type Transition } from '#app/core/transition'
import { tryLockName } from '#app/core/lock'

/** Minutes for which a replacement is kept for who is called about it. */
export const replacementDays = new NumberSetting({
  name: 'rebooking.replacement_days',
  section: 'desk',
  unit: 'days',
  fallback: 3,
  min: 1,
  max: 30,
})
const MINUTES_A_DAY = 24 * 60
const OFFERS_TRIED = 5

interface Affected {
  id: string
  handover_id: string
  slot_id: string
  starts_at: string
  door: Door
  dose: string
}

/**
 * Closes a day, for snow: nothing more is booked there from this moment on. The workers then hold the nearest other time
 * for everybody who had a place, and have them called, in the order of their times (`moveClosedDays`).
 * @returns how many have a place that day
 */
export async function closeDay(
  user: User,
  calendar: Calendar,
  day: string,
  reason: ClosureReason
): Promise<number> {
  return transition(async (t) => {
    const affected = await openClosure(t, calendar, { day, byUserId: user.id, reason })
    t.record({
      verb: 'calendar.closed',
      subject: { type: 'calendar', id: calendar.id },
      clientId: calendar.clientId,
      actorId: user.id,
      detail: { day, reason, affected },
    })
    return affected
  })
}

/** One worker moves people, one after the other. */
const MOVING_LOCK = 'closures'

/**
 * Moves everybody who still has a place on a closed day, or one held that was offered: also who was overlooked when this
 * was interrupted. Each person is moved in a transaction of their own, and open screens see how far it has come. Run by
 * the worker.
 */
export async function moveClosedDays(): Promise<void> {
  let hasMore = true
  while (hasMore)
    hasMore = await transition(async (t) => {
      if (!(await tryLockName(t.trx, MOVING_LOCK))) return false
      const closure = await nextClosure(t)
      if (closure) await moveNext(t, closure)
      return closure !== null
    })
}

/** Moves the next of a closed day; nobody is left: the closure is done. */
async function moveNext(t: Transition, closure: Closure): Promise<void> {
  const { calendarId: calendar, day, byUserId: actorId } = closure
  const { rows }: { rows: (Affected & { client_id: string })[] } = await t.trx.rawQuery(
    `select b.id, b.handover_id, b.slot_id, to_char(s.starts_at, 'YYYY-MM-DD"T"HH24:MI') as starts_at, b.door, b.dose, b.client_id
     from bookings b join slots s on s.id = b.slot_id
     where s.calendar_id = :calendar and s.starts_at::date = :day and s.closed_at is not null and b.state <> 'canceled'
     order by b.handover_id is not null, s.starts_at, b.created_at limit 1`,
    { calendar, day }
  )
  t.announce(`calendars/${calendar}`)
  const [booking] = rows
  if (!booking) {
    await endClosure(t, closure)
    return
  }
  // What a clerk holds for somebody who stands there is only given back: they choose another time.
  if (!booking.handover_id) {
    await releasePlace(t, booking.id, 'closure')
    return
  }
  const found = await replace(t, actorId, booking)
  await countMoved(t, closure, { without: !found })
}

async function replace(t: Transition, actorId: string, booking: Affected): Promise<boolean> {
  const context = await handoverContext(t, booking.handover_id)
  const asked = { ...context, dose: booking.dose }
  const { handover, submission } = context
  const connector = slotsOf(context.version)
  const offers = await connector.offers(
    asked,
    { door: booking.door, count: OFFERS_TRIED, near: [booking.starts_at] },
    t.trx
  )
  await lockPlaces(t.trx, [booking.slot_id, ...offers.map((offer) => offer.slotId)])
  if (!(await releasePlace(t, booking.id, 'closure'))) return true
  await endEarlierCalls(t, booking.id)
  const minutes = (await replacementDays.value(t.trx)) * MINUTES_A_DAY
  let replacement: string | null = null
  for (const offer of offers) {
    const request = await connector.placeAt(asked, offer.slotId, booking.door, t.trx)
    const taken =
      request &&
      (await takeFreePlace(
        t,
        { ...request, replacesId: booking.id },
        { state: 'held', minutes, handoverId: handover.id }
      ))
    if (!taken?.ok) continue
    replacement = taken.bookingId
    break
  }
  if (replacement) await handover.refer(t, replacement)
  else await handover.cancel(t, { forget: true })
  await addCallBack(t, {
    reason: 'closure',
    clientId: submission.clientId,
    submissionId: submission.id,
    bookingId: replacement ?? booking.id,
    linkageId: submission.linkageId,
    together: context.value(context.version.description.person.phone),
  })
  t.record({
    verb: 'booking.closed_out',
    subject: { type: 'booking', id: booking.id },
    clientId: submission.clientId,
    submissionId: submission.id,
    actorId,
  })
  return replacement !== null
}

/** Ends the calls about the time that is closed now: who was to be called is called about the next one only. */
async function endEarlierCalls(t: Transition, bookingId: string): Promise<void> {
  await waitingPlace.leave(t, { offered_booking_id: bookingId }, ['offered'])
  await endCallBacks(t, { booking_id: bookingId })
}

/** Opens a closed day again. Who was moved stays moved. */
export async function reopenDay(user: User, calendar: Calendar, day: string): Promise<void> {
  await transition(async (t) => {
    await removeClosure(t, calendar, day)
    t.record({
      verb: 'calendar.reopened',
      subject: { type: 'calendar', id: calendar.id },
      clientId: calendar.clientId,
      actorId: user.id,
      detail: { day },
    })
  })
}
