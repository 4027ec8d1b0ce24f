import edge from 'edge.js'
import { plainLabel } from '#app/catalog/plain_label'
import { show, typed } from '#app/catalog/kinds'
import { TIME_ZONE } from '#app/shared/clock'
import { eraDate, spokenTime, weekdayKanji } from '#app/shared/japanese_calendar'

const moment = new Intl.DateTimeFormat('ja-JP', {
  timeZone: TIME_ZONE,
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

edge.global('showValue', show)
edge.global('plainLabel', plainLabel)
edge.global('typedValue', typed)
/** 11/20 19:04, Tokyo */
edge.global('showMoment', (at: Date | { toJSDate(): Date }) =>
  moment.format(at instanceof Date ? at : at.toJSDate())
)
/** 12月10日(木), or Thu 2026-12-10 for English readers */
edge.global('showDay', (day: string, locale: string) =>
  locale === 'ja'
    ? `${eraDate(day)}(${weekdayKanji(day)})`
    : new Intl.DateTimeFormat('en-GB', {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: 'UTC',
      }).format(new Date(`${day}T00:00:00Z`))
)
/** From YYYY-MM-DDTHH:MM. */
edge.global('showSlot', (startsAt: string, locale: string) => {
  const [day, time] = [startsAt.slice(0, 10), startsAt.slice(11, 16)]
  return locale === 'ja'
    ? `${eraDate(day)}(${weekdayKanji(day)}) ${spokenTime(time)}`
    : `${day} ${time}`
})
edge.global('megabytes', (bytes: number) => (bytes / 1_000_000).toFixed(1))
