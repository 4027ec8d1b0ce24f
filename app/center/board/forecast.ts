import db from '@adonisjs/lucid/services/db'
import { dueWork } from '#app/center/board/count_work'
import { minutesByKind } from '#app/tasks/usual_seconds'
import { countWorking } from '#app/tasks/open_work'
import { presentToday, type Presence } from '#app/tasks/hours/offered_hours'
import { now, today, wallTime } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { NumberSetting } from '#app/core/number_setting'

/** The hour at which the center's day ends. */
export const closingHour = new NumberSetting({
  name: 'center.closing_hour',
  section: 'work',
  unit: 'hour',
  fallback: 17,
  min: 8,
  max: 23,
})

/** A leader's one sentence: what will be left of today's work when the center closes, and how many people more it takes. */
export interface Forecast {
  hour: number
  /** tasks due by today that aren't done */
  due: number
  /** of these, when the center closes with the people who work now */
  left: number
  people: number
  /** people more, for nothing to be left; null once the day is over */
  more: number | null
  /** in which hour they are needed; null: from now on */
  moreAt: number | null
  /** HH:MM when all of it is done, with the people who work now; null where it isn't today */
  doneAt: string | null
  /** by how many tasks it was wrong, on average, in the last two weeks; null before anything is known */
  error: number | null
}

/** A part of what is left of the day, an hour at most: its length, and how many people are there for it. */
export interface Slice {
  hour: number
  minutes: number
  people: number
}

/** Above this many minutes that are missing one hour isn't enough to make up for them. */
const ONE_HOUR_S_WORTH = 180

/** Pure part of it: by minutes of work, and who is there in what is left of the day. */
export function predict(
  work: { tasks: number; minutes: number },
  slices: Slice[]
): Pick<Forecast, 'left' | 'more' | 'moreAt'> & { doneIn: number | null } {
  const minutesLeft = sum(slices, ({ minutes }) => minutes)
  const missing = Math.max(0, work.minutes - sum(slices, ({ minutes, people }) => minutes * people))
  const each = work.tasks > 0 ? work.minutes / work.tasks : 1
  const left = Math.min(work.tasks, Math.ceil(missing / each))
  const thinnest = slices.toSorted((a, b) => a.people - b.people).at(0)
  const isUneven = thinnest !== undefined && slices.some(({ people }) => people > thinnest.people)
  const inOneHour = isUneven && missing > 0 && missing <= ONE_HOUR_S_WORTH && thinnest.minutes >= 30
  return {
    left,
    more:
      minutesLeft > 0 ? Math.ceil(missing / (inOneHour ? thinnest.minutes : minutesLeft)) : null,
    moreAt: inOneHour ? thinnest.hour : null,
    doneIn: missing === 0 ? minutesUntilDone(work.minutes, slices) : null,
  }
}

/** Minutes until so much work is done; null where nobody is there. */
function minutesUntilDone(work: number, slices: Slice[]): number | null {
  let left = work
  let passed = 0
  for (const { minutes, people } of slices) {
    if (people > 0 && left <= minutes * people) return passed + left / people
    left -= minutes * people
    passed += minutes
  }
  return null
}

/** Cuts what is left of the day into hours, with who is there in each (times in minutes after midnight). */
export function slicesOf(time: number, closing: number, present: Presence[]): Slice[] {
  const hours = Array.from({ length: 24 }, (_, hour) => hour)
  return hours.flatMap((hour) => {
    const [from, until] = [Math.max(time, hour * 60), Math.min(closing, hour * 60 + 60)]
    if (from >= until) return []
    const shared = ({ from: begin, until: end }: Presence) =>
      Math.max(0, Math.min(end, until) - Math.max(begin, from))
    return { hour, minutes: until - from, people: sum(present, shared) / (until - from) }
  })
}

function sum<T>(rows: T[], number: (row: T) => number): number {
  return rows.reduce((total, row) => total + number(row), 0)
}

/**
 * Says what will be left of today, from the hours that people have offered, and from who works now without.
 * @param each minutes that a task takes, by its kind
 */
export async function forecast(each: Map<string, number>): Promise<Forecast> {
  const hour = await closingHour.value()
  const [hours, minutes] = wallTime().slice(11).split(':').map(Number)
  const [time, closing] = [hours * 60 + minutes, hour * 60]
  const work = await dueWork(each)
  const slices = slicesOf(time, closing, await presentToday(time, closing))
  const { left, more, moreAt, doneIn } = predict(work, slices)
  return {
    hour,
    due: work.tasks,
    left,
    people: await countWorking(),
    more,
    moreAt,
    doneAt:
      doneIn === null ? null : wallTime(new Date(now().getTime() + doneIn * 60_000)).slice(11),
    error: await meanError(),
  }
}

const DAYS = 14

async function meanError(): Promise<number | null> {
  const [{ error }]: { error: number | null }[] = await db
    .from('forecasts')
    .where('day', '>=', addDays(today(), -DAYS))
    .whereNotNull('actual')
    .select(db.raw('avg(abs(predicted - actual))::float as error'))
  return error === null ? null : Math.round(error)
}

/** Keeps what is said first in each hour in which somebody works, and after closing what was; run again and again. */
export async function keepForecast(): Promise<void> {
  const closes = await closingHour.value()
  const hour = Number(wallTime().slice(11, 13))
  const kept: { hour: number; actual: number | null }[] = await db
    .from('forecasts')
    .where('day', today())
    .select('hour', 'actual')
  if (hour >= closes) {
    if (kept.every(({ actual }) => actual !== null)) return
    const { tasks } = await dueWork(await minutesByKind())
    await db.from('forecasts').where('day', today()).whereNull('actual').update({ actual: tasks })
    return
  }
  if (kept.some((one) => one.hour === hour)) return
  const { left, people } = await forecast(await minutesByKind())
  // Before anybody is there nothing is foreseen.
  if (people > 0)
    await db
      .knexQuery()
      .table('forecasts')
      .insert({ day: today(), hour, predicted: left })
      .onConflict(['day', 'hour'])
      .ignore()
}
