import { dayCharts, type ChartRow } from '#app/core/day_charts'
import { today } from '#app/core/clock'

export interface LoadedChart {
  name: string
  series: readonly string[]
  isStacked: boolean
  rows: ChartRow[]
}

/** Everybody who looks sees the same for so long (ms): days change slowly. */
const FRESH_MS = 300_000

let known: { day: string; at: number; charts: LoadedChart[] } = {
  day: '',
  at: -Infinity,
  charts: [],
}

/** Loads the charts of the day's page; without those that would be empty. */
export async function loadCharts(): Promise<LoadedChart[]> {
  if (known.day !== today() || performance.now() - known.at > FRESH_MS) {
    const charts = await Promise.all(
      dayCharts.all().map(async ({ name, series, isStacked, count }) => ({
        name,
        series,
        isStacked,
        rows: await count(),
      }))
    )
    known = { day: today(), at: performance.now(), charts }
  }
  return known.charts.filter(({ rows }) =>
    rows.some(({ values }) => values.some((value) => value > 0))
  )
}

/** Forgets what was loaded, for who can't wait. */
export function forgetCharts(): void {
  known.at = -Infinity
}
