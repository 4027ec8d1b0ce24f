import type Calendar from '#app/bookings/calendar'
import { DOORS, type CalendarRules } from '#app/bookings/calendar'
import { apportion } from '#app/bookings/apportion'
import { placesOn } from '#app/bookings/slot_times'
import { today } from '#app/core/clock'
import { inParts } from '#app/core/in_parts'
import { addDays } from '#app/core/japanese_calendar'
import type { Queries } from '#app/core/queries'
import { transition, type Transition } from '#app/core/transition'

/** Opens the doors' shares of these days; those that are there stay. */
export async function openQuotas(
  calendar: Calendar,
  days: string[],
  client: Queries
): Promise<void> {
  const { shares } = calendar.rules
  if (!shares) return
  const taken = await takenByDoor(calendar.id, client)
  const shared = days.filter((day) => day > lastTogether(calendar.rules))
  const rows = shared.flatMap((day) => {
    const parts = apportion(
      placesOn(calendar.rules, day),
      DOORS.map((door) => shares[door])
    )
    return DOORS.map((door, index) => {
      const before = taken.get(`${day} ${door}`) ?? 0
      return {
        calendar_id: calendar.id,
        day,
        door,
        places: Math.max(parts[index], before),
        taken: before,
      }
    })
  })
  for (const part of inParts(rows))
    await client
      .knexQuery()
      .insert(part)
      .into('quotas')
      .onConflict(['calendar_id', 'day', 'door'])
      .ignore()
}

/** Returns the last day on which all doors share what is left; today where doors keep their shares to the end. */
function lastTogether({ sharesUntilDays = 0 }: CalendarRules): string {
  return addDays(today(), sharesUntilDays)
}

/** Ends the shares of the days that have come near: whoever asks gets what nobody used. */
export async function endShares(calendar: Calendar): Promise<void> {
  if (!calendar.rules.shares || !calendar.rules.sharesUntilDays) return
  await transition(async (t) => {
    const ended: { day: string }[] = await t.trx
      .from('quotas')
      .where('calendar_id', calendar.id)
      .where('day', '<=', lastTogether(calendar.rules))
      .where('day', '>', today())
      .delete()
      .returning('day')
    for (const day of new Set(ended.map((row) => row.day))) {
      t.recordOnly({
        verb: 'calendar.shares_ended',
        subject: { type: 'calendar', id: calendar.id },
        clientId: calendar.clientId,
        detail: { day },
      })
      // Who waits for a place at one door may have another's now.
      for (const { id } of await slotsOf(t, calendar.id, day)) t.wake({ type: 'slot', id })
    }
  })
}

function slotsOf(t: Transition, calendarId: string, day: string): Promise<{ id: string }[]> {
  return t.trx
    .from('slots')
    .where('calendar_id', calendarId)
    .whereRaw('starts_at::date = ?', [day])
    .select('id')
}

/** Counts what had been taken before a calendar was given shares, by day and door. */
async function takenByDoor(calendarId: string, client: Queries): Promise<Map<string, number>> {
  const { rows } = await client.rawQuery<{ rows: { day: string; door: string; places: number }[] }>(
    `select to_char(s.starts_at, 'YYYY-MM-DD') as day, b.door, sum(b.places)::int as places
     from bookings b join slots s on s.id = b.slot_id
     where s.calendar_id = ? and b.state <> 'canceled' group by 1, 2`,
    [calendarId]
  )
  return new Map(rows.map((row) => [`${row.day} ${row.door}`, row.places]))
}
