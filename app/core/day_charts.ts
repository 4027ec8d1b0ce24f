import { Registry } from '#app/core/registry'

/** One label of a chart, with a number for each of its series. */
export interface ChartRow {
  label: string
  values: number[]
}

/** A picture of how days go, for who runs them; its words stand in `today.chart_<name>`, and with `_<series>` behind it. */
export interface DayChart {
  name: string
  series: readonly string[]
  /** whether its series add up */
  isStacked: boolean
  /** Counts for it; must stay cheap however much there is. */
  count(): Promise<ChartRow[]>
}

/** The charts of the day's page; each room registers its own. */
export const dayCharts = new Registry<DayChart>('chart of the day')
