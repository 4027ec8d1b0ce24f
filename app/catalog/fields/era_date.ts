import { dateCell, normalizeDate, showDate, typedDate } from '#app/catalog/fields/dates'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'
import { today } from '#app/core/clock'
import { addDays, isRealDate, toEra } from '#app/core/japanese_calendar'

/** A date with an era, as birth dates are written: the era ticked, digits in cells. Never one that is still to come. */
export const eraDate: FieldKind = {
  name: 'era_date',
  label: 'studio.kind_era_date',
  keying: 'line',
  paper: 'era_date',
  reading: { of: 'era_date' },
  editing: {
    ...WRITING,
    cells: false,
    options: 'usual',
    usual: {
      options: [
        { value: 'T', label: { ja: '大正', en: 'Taisho' } },
        { value: 'S', label: { ja: '昭和', en: 'Showa' } },
        { value: 'H', label: { ja: '平成', en: 'Heisei' } },
        { value: 'R', label: { ja: '令和', en: 'Reiwa' } },
      ],
    },
  },
  usualFor: 'era',
  example: () => '1944-05-03',
  sample: (random, sampled) => addDays(sampled.today, -random.whole(1, 200)),

  normalize: (text) => normalizeDate(text, today()),
  show: showDate,
  typed: typedDate,
  cell: dateCell,
  onPaper(value) {
    if (!isRealDate(value)) return { text: value }
    const { letter, year, month, day } = toEra(value)
    return {
      text: [year, month, day].map((part) => String(part).padStart(2, '0')).join(''),
      option: letter,
    }
  },
}
