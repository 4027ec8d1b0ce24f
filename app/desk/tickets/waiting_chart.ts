import db from '@adonisjs/lucid/services/db'
import { today } from '#app/core/clock'
import type { DayChart } from '#app/core/day_charts'

/** Minutes that people have waited at the counter today, by the hour in which they were called. */
export const waitingChart: DayChart = {
  name: 'waits',
  series: ['usual', 'longest'],
  isStacked: false,
  async count() {
    const { rows } = await db.rawQuery<{
      rows: { hour: number; usual: number; longest: number }[]
    }>(
      `select extract(hour from called_at at time zone 'Asia/Tokyo')::int as hour,
         round(percentile_cont(0.5) within group (order by waited))::int as usual, round(max(waited))::int as longest
       from (select called_at, extract(epoch from called_at - greatest(created_at, due_at)) / 60 as waited
         from tickets where day = :today and called_at is not null) called
       group by 1 order by 1`,
      { today: today() }
    )
    return rows.map(({ hour, usual, longest }) => ({
      label: `${hour}:00`,
      values: [Math.max(usual, 0), Math.max(longest, 0)],
    }))
  },
}
