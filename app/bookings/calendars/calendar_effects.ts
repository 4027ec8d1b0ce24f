import type Calendar from '#app/bookings/calendar'
import type { CalendarRules } from '#app/bookings/calendar'
import { capacityOn, isOpen, legCount, startTimes } from '#app/bookings/slot_times'
import { closedDays } from '#app/core/center_settings'
import { digest } from '#app/core/sealing'
import { today } from '#app/core/clock'
import type { Queries } from '#app/core/queries'

/** A time ahead as it stands. */
export interface SlotAhead {
  id: string
  /** YYYY-MM-DD, HH:MM */
  day: string
  time: string
  capacity: number
  taken: number
  leftOut: boolean
  /** how many bookings stand there, and whether there ever was one */
  booked: number
  used: boolean
}

/** The effects of other rules on the times ahead. */
export interface CalendarEffects {
  /** times that the rules know no longer, and nobody has */
  emptied: SlotAhead[]
  /** the same, where people have a place: they are moved */
  gone: SlotAhead[]
  /** times that stay, with more places taken than there would be: who is there stays */
  crowded: SlotAhead[]
  kept: SlotAhead[]
  /** how many people are moved */
  moved: number
  /** whether another way goes past the stops while somebody has booked a ride */
  rerouted: boolean
}

/** Tells what other rules would do to the times ahead, without doing it. */
export async function effectsOf(
  calendar: Calendar,
  rules: CalendarRules,
  client: Queries
): Promise<CalendarEffects> {
  const own = await closedDays(client)
  const starts = new Map<string, string[]>()
  const isKnown = ({ day, time }: SlotAhead) => {
    if (!starts.has(day)) starts.set(day, isOpen(rules, day, own) ? startTimes(rules, day) : [])
    return starts.get(day)!.includes(time)
  }
  const slots = await slotsAhead(calendar, client)
  const kept = slots.filter(isKnown)
  const lost = slots.filter((slot) => !slot.leftOut && !kept.includes(slot))
  const gone = lost.filter(({ booked }) => booked > 0)
  const legs = Math.max(legCount(rules), 1)
  return {
    emptied: lost.filter(({ booked }) => booked === 0),
    gone,
    crowded: kept.filter(({ day, taken }) => taken > capacityOn(rules, day) * legs),
    kept,
    moved: gone.reduce((sum, { booked }) => sum + booked, 0),
    rerouted: goesElsewhere(calendar.rules, rules) && slots.some(({ booked }) => booked > 0),
  }
}

/** Whether a vehicle takes another way, or another time for it: seats are counted from stop to stop. */
export function goesElsewhere(before: CalendarRules, after: CalendarRules): boolean {
  return (
    before.stops?.join() !== after.stops?.join() ||
    before.minutesBetweenStops !== after.minutesBetweenStops
  )
}

/** A short name of effects: two that differ in what happens at any time to anybody differ in it. */
export function nameOfEffects({ emptied, gone, crowded }: CalendarEffects): string {
  const said = [emptied, gone, crowded].map((slots) =>
    slots.map(({ id, booked, taken }) => `${id}:${booked}:${taken}`).sort()
  )
  return digest(Buffer.from(JSON.stringify(said)))
}

async function slotsAhead(calendar: Calendar, client: Queries): Promise<SlotAhead[]> {
  const { rows } = await client.rawQuery<{ rows: SlotAhead[] }>(
    `select s.id, to_char(s.starts_at, 'YYYY-MM-DD') as day, to_char(s.starts_at, 'HH24:MI') as time, s.capacity, s.taken,
       s.left_out as "leftOut", (count(b.id) filter (where b.state <> 'canceled') + count(p.id) filter (where p.state = 'booked'))::int as booked,
       count(b.id) + count(p.id) > 0 as used
     from slots s left join bookings b on b.slot_id = s.id left join seat_bookings p on p.slot_id = s.id
     where s.calendar_id = :calendar and s.starts_at::date > cast(:today as date)
     group by s.id order by s.starts_at`,
    { calendar: calendar.id, today: today() }
  )
  return rows
}
