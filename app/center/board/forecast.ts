import db from '@adonisjs/lucid/services/db'
import { dueWork, minutesByKind } from '#app/center/board/count_work'
import { countWorking } from '#app/tasks/open_work'
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
  /** people more, from now on, for nothing to be left; null once the day is over */
  more: number | null
  /** HH:MM when all of it is done, with the people who work now; null where it isn't today */
  doneAt: string | null
  /** by how many tasks it was wrong, on average, in the last two weeks; null before anything is known */
  error: number | null
}

/** Pure part of it: by minutes of work, people, and minutes until the center closes. */
export function predict(
  work: { tasks: number; minutes: number },
  people: number,
  minutesLeft: number
): Pick<Forecast, 'left' | 'more'> & { doneIn: number | null } {
  const missing = Math.max(0, work.minutes - people * Math.max(0, minutesLeft))
  const each = work.tasks > 0 ? work.minutes / work.tasks : 1
  return {
    left: Math.min(work.tasks, Math.ceil(missing / each)),
    more: minutesLeft > 0 ? Math.ceil(missing / minutesLeft) : null,
    doneIn: people > 0 && missing === 0 ? work.minutes / people : null,
  }
}

/**
 * Says what will be left of today, from the people who work now.
 * @param each minutes that a task takes, by its kind
 */
export async function forecast(each: Map<string, number>): Promise<Forecast> {
  const hour = await closingHour.value()
  const [hours, minutes] = wallTime().slice(11).split(':').map(Number)
  const work = await dueWork(each)
  const people = await countWorking()
  const minutesLeft = hour * 60 - (hours * 60 + minutes)
  const { left, more, doneIn } = predict(work, people, minutesLeft)
  return {
    hour,
    due: work.tasks,
    left,
    people,
    more,
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
