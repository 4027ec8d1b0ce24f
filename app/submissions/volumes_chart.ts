import db from '@adonisjs/lucid/services/db'
import { today } from '#app/core/clock'
import type { DayChart } from '#app/core/day_charts'
import { addDays } from '#app/core/japanese_calendar'

const DAYS = 14
const CHANNELS = ['paper', 'counter', 'phone', 'work_order'] as const

/** Requests of the last two weeks, by the way they came. */
export const volumesChart: DayChart = {
  name: 'volumes',
  series: CHANNELS,
  isStacked: true,
  async count() {
    const days = Array.from({ length: DAYS }, (_, index) => addDays(today(), index - DAYS + 1))
    const rows: { day: string; channel: string; count: number }[] = await db
      .from('submissions')
      .whereBetween('arrived_on', [days[0], days[DAYS - 1]])
      .groupBy('arrived_on', 'channel')
      .select(
        db.raw(`to_char(arrived_on, 'YYYY-MM-DD') as day`),
        'channel',
        db.raw('count(*)::int as count')
      )
    const counted = new Map(rows.map(({ day, channel, count }) => [`${day} ${channel}`, count]))
    return days.map((day) => ({
      label: day.slice(5).replace('-', '/'),
      values: CHANNELS.map((channel) => counted.get(`${day} ${channel}`) ?? 0),
    }))
  },
}
