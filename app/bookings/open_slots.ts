import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import Calendar, { DOORS, type CalendarRules, type Hours } from '#app/bookings/calendar'
import { apportion } from '#app/bookings/apportion'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { transition, type Transition } from '#app/core/transition'
import { addDays, isPublicHoliday, weekday } from '#app/core/japanese_calendar'

/**
 * Opens the slots of a calendar from tomorrow to as far ahead as its rules say, with the shares of the
 * doors and the legs of rides. Those that are there stay.
 */
export async function openSlots(calendar: Calendar, client: Queries = db): Promise<number> {
  const { rules } = calendar
  if (calendar.kind === 'hours') return 0
  const from = today()
  const legs = legCount(rules)
  const days = Array.from({ length: rules.openDays }, (_, index) =>
    addDays(from, index + 1)
  ).filter((day) => isOpen(rules, day))
  const slots = days.flatMap((day) =>
    startTimes(rules, day).map((time) => ({
      id: newId(),
      calendar_id: calendar.id,
      starts_at: `${day}T${time}:00`,
      capacity: rules.capacity * Math.max(legs, 1),
    }))
  )
  if (slots.length === 0) return 0
  const inserted: { id: string }[] = []
  for (const part of inParts(slots))
    inserted.push(
      ...(await client
        .knexQuery()
        .insert(part)
        .into('slots')
        .onConflict(['calendar_id', 'starts_at'])
        .ignore()
        .returning('id'))
    )
  await bringBack(
    calendar,
    slots.map(({ starts_at }) => starts_at),
    client
  )
  const stretches = inserted.flatMap(({ id }) =>
    Array.from({ length: legs }, (_, number) => ({
      slot_id: id,
      number,
      capacity: rules.capacity,
    }))
  )
  for (const part of inParts(stretches)) await client.table('legs').multiInsert(part)
  await openQuotas(calendar, days, client)
  // A day that was closed before its slots were opened stays closed.
  await client.rawQuery(
    `update slots s set closed_at = now() from closures c
     where s.calendar_id = ? and c.calendar_id = s.calendar_id and c.day = s.starts_at::date and c.reason <> 'rules' and s.closed_at is null`,
    [calendar.id]
  )
  return inserted.length
}

/** Opens times again that earlier rules didn't know, and that the rules know once more. */
async function bringBack(calendar: Calendar, starts: string[], client: Queries): Promise<void> {
  await client.rawQuery(
    `update slots set left_out = false, closed_at = null
     where calendar_id = :calendar and left_out and starts_at = any(cast(:starts as timestamp[]))`,
    { calendar: calendar.id, starts }
  )
}

async function openQuotas(calendar: Calendar, days: string[], client: Queries): Promise<void> {
  const { shares } = calendar.rules
  if (!shares) return
  const taken = await takenByDoor(calendar.id, client)
  const shared = days.filter((day) => day > lastTogether(calendar.rules))
  const rows = shared.flatMap((day) => {
    const places = startTimes(calendar.rules, day).length * calendar.rules.capacity
    const parts = apportion(
      places,
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
async function endShares(calendar: Calendar): Promise<void> {
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

/** Rows that go into one statement. */
const PART = 5000

function inParts<T>(rows: T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / PART) }, (_, index) =>
    rows.slice(index * PART, (index + 1) * PART)
  )
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

/** Opens the slots of every calendar, and ends shares whose time is over; run some times a day. */
export async function openAllSlots(): Promise<void> {
  for (const calendar of await Calendar.all()) {
    await openSlots(calendar)
    await endShares(calendar)
  }
}

/** Open on its weekdays, but not on public holidays, at the turn of the year, or when closed. */
export function isOpen(rules: CalendarRules, day: string): boolean {
  if (!rules.weekdays.includes(weekday(day)) || rules.closures.includes(day)) return false
  const { from, to } = rules.turnOfYear ?? { from: '12-29', to: '01-03' }
  const monthDay = day.slice(5)
  if (monthDay >= from || monthDay <= to) return false
  return rules.openOnHolidays === true || !isPublicHoliday(day)
}

/** The hours of a day, by its weekday. */
function hoursOf(rules: CalendarRules, day: string): Hours {
  return rules.hours?.[String(weekday(day))] ?? rules
}

/** Start times of a day, HH:MM. */
export function startTimes(rules: CalendarRules, day: string): string[] {
  const { from, to } = hoursOf(rules, day)
  const count = Math.floor((minutesOf(to) - minutesOf(from)) / rules.everyMinutes) + 1
  return Array.from({ length: count }, (_, index) =>
    timeOf(minutesOf(from) + index * rules.everyMinutes)
  )
}

/** Minutes since midnight, from HH:MM. */
function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Stretches between neighboring stops; none where nothing is ridden. */
export function legCount(rules: CalendarRules): number {
  return Math.max((rules.stops?.length ?? 0) - 1, 0)
}
