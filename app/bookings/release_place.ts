import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { bookingListeners } from '#app/bookings/booking_listener'
import { lockSubmissions } from '#app/submissions/lock_submissions'
import { transition, type Transition } from '#app/core/transition'

export type EndedReason = 'canceled' | 'expired' | 'given_back' | 'closure' | 'declined'

export interface Released {
  id: string
  slot_id: string
  client_id: string
  submission_id: string
  calendar_id: string
  door: string
}

/**
 * Ends a booking or a hold and gives its places back to the slot, the door's share and the legs. An expired
 * hold is released only while it is one.
 * @returns null when it had ended already
 */
export async function releasePlace(
  t: Transition,
  bookingId: string,
  reason: EndedReason
): Promise<Released | null> {
  const { rows }: { rows: (Released & { from: string })[] } = await t.trx.rawQuery(
    `with found as (select id, state from bookings where id = :id for update)
       update bookings b set state = 'canceled', ended_reason = :reason, held_until = null
       from slots s, found
       where b.id = found.id and s.id = b.slot_id and b.state <> 'canceled'
         and (:reason <> 'expired' or (b.state = 'held' and b.held_until <= now()))
       returning b.id, b.slot_id, b.client_id, b.submission_id, s.calendar_id, b.door, found.state as "from"`,
    { id: bookingId, reason }
  )
  const released = rows[0]
  if (!released) return null
  await giveBack(t.trx, released.id)
  t.recordOnly({
    verb: 'booking.ended',
    subject: { type: 'booking', id: released.id },
    clientId: released.client_id,
    detail: { from: released.from, to: 'canceled', reason },
  })
  t.announce(`calendars/${released.calendar_id}`)
  return released
}

/** Counts a booking's places back; rows are locked in the order slot, share, legs. */
export async function giveBack(trx: TransactionClientContract, bookingId: string): Promise<void> {
  await trx.rawQuery(
    `update slots s set taken = s.taken - b.weight from bookings b where b.id = ? and s.id = b.slot_id`,
    [bookingId]
  )
  await trx.rawQuery(
    `update quotas q set taken = q.taken - b.places from bookings b join slots s on s.id = b.slot_id
     where b.id = ? and q.calendar_id = s.calendar_id and q.day = s.starts_at::date and q.door = b.door`,
    [bookingId]
  )
  await trx.rawQuery(
    `update legs l set taken = l.taken - b.places from bookings b
     where b.id = ? and l.slot_id = b.slot_id and l.number >= b.from_leg and l.number < b.to_leg`,
    [bookingId]
  )
}

const MAX = 500

/** Ends the holds whose time has passed, each by itself; how many. Run by the worker, and before free slots are shown. */
export async function releaseExpiredHolds(): Promise<number> {
  const expired: { id: string; submission_id: string }[] = await db
    .from('bookings')
    .where('state', 'held')
    .whereRaw('held_until <= now()')
    .orderBy('held_until')
    .limit(MAX)
    .select('id', 'submission_id')
  for (const { id, submission_id: submissionId } of expired) {
    try {
      await transition(async (t) => {
        await lockSubmissions(t.trx, [submissionId])
        await expireHold(t, id)
      })
    } catch (error) {
      // One that can't be released must not keep the others.
      logger.error({ booking: id, error: error instanceof Error ? error.name : '' }, 'a hold stays')
    }
  }
  return expired.length
}

/** Ends a hold whose time has passed: its place goes to who waits longest, or is free. */
export async function expireHold(t: Transition, id: string): Promise<void> {
  const released = await releasePlace(t, id, 'expired')
  if (!released) return
  for (const listener of bookingListeners.all()) await listener.expired(t, id)
  t.wake({ type: 'slot', id: released.slot_id })
  // Nothing of the flow waits for a hold that ran out.
  t.recordOnly({
    verb: 'hold.expired',
    subject: { type: 'booking', id },
    clientId: released.client_id,
    submissionId: released.submission_id,
  })
}
