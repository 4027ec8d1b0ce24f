import type { Description, Field, Zone } from '#app/catalog/description'
import { kindOf } from '#app/catalog/field_values'
import type { OnPaper } from '#app/catalog/fields/field_kind'

/** Returns what stands on the paper for a value of a field. */
export function onPaper(field: Field, value: string): OnPaper {
  return kindOf(field).onPaper?.(value) ?? { text: value }
}

/** Finds the cell of a comb that a text begins in. */
export function firstCell(field: Field, cells: number, text: string): number {
  return kindOf(field).fromTheRight ? cells - text.length : 0
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

/** Lists what is printed into a copy for somebody who is known. */
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
      const chosen = option
        ? [option]
        : kindOf(field).paper === 'marks'
          ? values[field.key].split(',')
          : []
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

function placed({ page, x, y, width, height }: Zone, text: string, middle: boolean): FilledIn {
  return { page, x, y, width, height, text, middle }
}
