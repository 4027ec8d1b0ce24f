import type { Description, Field, FieldKindName, Zone } from '#app/catalog/description'
import { isRealDate, toEra } from '#app/core/japanese_calendar'

/** What stands on the paper for a value: digits for combs, the plain text for boxes, the era that is marked. */
export interface OnPaper {
  text: string
  option?: string
}

export function onPaper(field: Field, value: string): OnPaper {
  if (field.kind === 'era_date' && isRealDate(value)) {
    const { letter, year, month, day } = toEra(value)
    return {
      text: [year, month, day].map((part) => String(part).padStart(2, '0')).join(''),
      option: letter,
    }
  }
  if (field.kind === 'date' || field.kind === 'wish') return { text: value.replace(/\D/g, '') }
  if (field.kind === 'phone' && value.length === 10)
    return { text: `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}` }
  return { text: value }
}

/** Numbers of any length end in the last cell. */
const FROM_THE_RIGHT: FieldKindName[] = ['money', 'account_number', 'yucho_number']

/** Which cell of a comb a text begins in. */
export function firstCell(field: Field, cells: number, text: string): number {
  return FROM_THE_RIGHT.includes(field.kind) ? cells - text.length : 0
}

/** A text that is printed where somebody would write it; mm. */
export interface FilledIn {
  page: number
  x: number
  y: number
  width: number
  height: number
  text: string
  /** in a cell or a box to be ticked: in its middle */
  middle: boolean
}

/** What is printed into a copy for somebody who is known. */
export function filledIn(
  { groups, zones }: Pick<Description, 'groups' | 'zones'>,
  values: Record<string, string>
): FilledIn[] {
  return groups
    .flatMap((group) => group.fields)
    .filter((field) => values[field.key])
    .flatMap((field) => {
      const own = zones.filter((zone) => zone.field === field.key)
      const { text, option } = onPaper(field, values[field.key])
      const cells = own.filter((zone) => zone.part === 'cell').sort((a, b) => a.index! - b.index!)
      const from = firstCell(field, cells.length, text)
      const chosen = option ? [option] : isMarked(field) ? values[field.key].split(',') : []
      const marks = own.filter((zone) => zone.part === 'option' && chosen.includes(zone.option!))
      const digits = [...text].flatMap((digit, index) => {
        const cell = cells[from + index]
        return cell ? [placed(cell, digit, true)] : []
      })
      const box = own.find((zone) => zone.part === 'box')
      return [
        ...marks.map((zone) => placed(zone, zone.shape === 'word' ? '○' : '✓', true)),
        ...digits,
        ...(cells.length === 0 && box ? [placed(box, text, false)] : []),
      ]
    })
}

function isMarked({ kind }: Field): boolean {
  return kind === 'choice' || kind === 'ticks'
}

function placed({ page, x, y, width, height }: Zone, text: string, middle: boolean): FilledIn {
  return { page, x, y, width, height, text, middle }
}
