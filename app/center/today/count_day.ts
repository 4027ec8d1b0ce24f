import db from '@adonisjs/lucid/services/db'
import { DAY_PARTS, dayFigures, type DayFigure } from '#app/core/day_figures'
import { today } from '#app/core/clock'

/** Nobody reads a larger number; what counts it costs no more. */
const CAP = 10_000
/** Everybody who looks sees the same for so long (ms). */
const FRESH_MS = 30_000

export interface CountedFigure {
  name: string
  href: string
  count: number
  /** there are more than were counted */
  isCapped: boolean
  since: Date | null
}

let known: { day: string; at: number; parts: { part: string; figures: CountedFigure[] }[] } = {
  day: '',
  at: -Infinity,
  parts: [],
}

/** Counts what came in today, what waits and since when, what is late, what leaves, who is working. */
export async function countDay() {
  if (known.day !== today() || performance.now() - known.at > FRESH_MS) {
    const counted = await Promise.all(dayFigures.all().map(count))
    const parts = DAY_PARTS.map((part) => ({
      part,
      figures: counted.filter((_, index) => dayFigures.all()[index].part === part),
    }))
    known = { day: today(), at: performance.now(), parts }
  }
  return known.parts
}

/** Forgets what was counted, for who can't wait. */
export function forgetDay(): void {
  known.at = -Infinity
}

async function count({ name, href, rows, since }: DayFigure): Promise<CountedFigure> {
  const bound = (sql: string) =>
    sql
      .replaceAll(':today', 'cast(:day as date)')
      .replaceAll(':midnight', `(cast(:day as timestamp) at time zone 'Asia/Tokyo')`)
  const { rows: found } = await db.rawQuery<{ rows: { count: number; since: Date | null }[] }>(
    `select count(*)::int as count, min(since) as since
     from (select ${since ?? 'null::timestamptz'} as since ${bound(rows)} limit ${CAP + 1}) capped`,
    { day: today() }
  )
  const [{ count: counted, since: at }] = found
  const isCapped = counted > CAP
  // The oldest of some isn't the oldest: of more than are counted it isn't said.
  return {
    name,
    href: href.replace(':today', today()),
    count: Math.min(counted, CAP),
    isCapped,
    since: isCapped ? null : at,
  }
}
