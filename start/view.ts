import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import edge from 'edge.js'
import { plainLabel } from '#app/catalog/plain_label'
import type { Field } from '#app/catalog/description'
import { fieldKinds, type FieldKind } from '#app/catalog/fields/field_kind'
import { kindOf, show, typed } from '#app/catalog/field_values'
import { extensions } from '#app/core/extensions'
import { TIME_ZONE } from '#app/core/clock'
import { eraAndYear, spokenTime, weekdayKanji } from '#app/core/japanese_calendar'

const moment = new Intl.DateTimeFormat('ja-JP', {
  timeZone: TIME_ZONE,
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

for (const { name, folder } of extensions()) edge.mount(name, join(folder, 'views'))

// Edge asks with every request for the components that there are, whether it keeps views or not: they are those of now.
const listed = edge.loader.listComponents()
edge.loader.listComponents = () => listed

edge.global('showValue', show)
edge.global('kindOf', kindOf)
/** The component that a field is keyed by; an extension brings its own under its name. */
edge.global('keyingView', (field: Field) => {
  const { keying } = kindOf(field)
  if (keying.includes('::')) return keying
  return `components/keying/${keying === 'digits' ? 'line' : keying}`
})
edge.global('keyedAsDigits', (field: Field) => kindOf(field).keying === 'digits')
edge.global('kindLabel', (kind: string) => fieldKinds.get(kind).label)
/** Lists what the editor of fields shows for a kind: words for `data-for`. */
edge.global('editingOf', ({ editing }: FieldKind) =>
  [
    editing.cells && 'cells',
    editing.lines && 'lines',
    editing.options !== 'none' && 'options',
    editing.check && 'check',
  ]
    .filter(Boolean)
    .join(' ')
)
edge.global('plainLabel', plainLabel)
edge.global('typedValue', typed)
/** 11/20 19:04, Tokyo */
edge.global('showMoment', (at: Date | { toJSDate(): Date }) =>
  moment.format(at instanceof Date ? at : at.toJSDate())
)
/** 令和8年(2026年)12月10日(木), or Thu, 10 Dec 2026 for English readers */
edge.global('showDay', (day: string, locale: string) =>
  locale === 'ja'
    ? `${eraAndYear(day)}(${weekdayKanji(day)})`
    : new Intl.DateTimeFormat('en-GB', {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: 'UTC',
      }).format(new Date(`${day}T00:00:00Z`))
)
/** Within the next weeks, where the year is clear: 12/1(火). */
edge.global('showShortDay', (day: string, locale: string) => {
  const [month, date] = [Number(day.slice(5, 7)), Number(day.slice(8, 10))]
  return locale === 'ja'
    ? `${month}/${date}(${weekdayKanji(day)})`
    : new Intl.DateTimeFormat('en-GB', {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        timeZone: 'UTC',
      }).format(new Date(`${day}T00:00:00Z`))
})
/** From YYYY-MM-DDTHH:MM. */
edge.global('showSlot', (startsAt: string, locale: string) => {
  const [day, time] = [startsAt.slice(0, 10), startsAt.slice(11, 16)]
  return locale === 'ja'
    ? `${eraAndYear(day)}(${weekdayKanji(day)}) ${spokenTime(time)}`
    : `${day} ${time}`
})
/** 午前8時, from HH:MM; 08:00 for English readers */
edge.global('showTime', (time: string, locale: string) =>
  locale === 'ja' ? spokenTime(time) : time
)
edge.global('megabytes', (bytes: number) => (bytes / 1_000_000).toFixed(1))

const icons = join(
  dirname(createRequire(import.meta.url).resolve('heroicons/package.json')),
  '24/outline'
)
const drawn = new Map<string, string>()

/** Draws a picture of Heroicons; it stands beside its word and is not read out. */
edge.global('icon', (name: string) => {
  const known = drawn.get(name)
  if (known) return known
  const svg = readFileSync(join(icons, `${name}.svg`), 'utf8').replace('<svg', '<svg class="icon"')
  drawn.set(name, svg)
  return svg
})
