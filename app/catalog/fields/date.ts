import { dateCell, normalizeDate, showDate } from '#app/catalog/fields/dates'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'

/** A date: western in cells, or written freely in any notation. */
export const date: FieldKind = {
  name: 'date',
  label: 'studio.kind_date',
  keying: 'line',
  paper: 'date',
  reading: { of: 'date' },
  editing: WRITING,
  suggestions: [
    { words: /生年月日/, key: 'birth_date', linkable: true, rank: 80 },
    { words: /年月日|日付|記入日/, key: 'date', rank: 90 },
  ],
  example: () => '2026-11-03',
  sample: (random, sampled) => addDays(sampled.today, -random.whole(1, 200)),

  normalize: (text, field) => normalizeDate(text, field.isBirth ? today() : null),
  show: showDate,
  cell: dateCell,
  onPaper: (value) => ({ text: value.replace(/\D/g, '') }),
}
