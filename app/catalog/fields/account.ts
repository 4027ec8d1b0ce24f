import { narrow, UNREADABLE } from '#app/catalog/fields/characters'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'

/** A number of an account: digits, filled up with zeros from the left as banks do. */
export function account(
  own: Pick<FieldKind, 'name' | 'label' | 'suggestions' | 'fromTheRight' | 'example' | 'sample'> & {
    cells: number
    /** digits at least; shorter ones are filled up */
    least: number
    fits?: (value: string) => boolean
  }
): FieldKind {
  const { cells, least, fits = () => true, ...kind } = own
  return {
    ...kind,
    keying: 'line',
    paper: 'line',
    reading: { of: 'digits', loose: true },
    editing: { ...WRITING, usual: { cells } },

    normalize(text) {
      const typed = narrow(text)
      if (typed === '' || /^[\d●]*●[\d●]*$/.test(typed)) return { value: typed }
      const value = typed.padStart(least, '0')
      return /^\d+$/.test(typed) && typed.length <= cells && fits(value)
        ? { value }
        : { value: typed, ...(typed.includes(UNREADABLE) ? {} : { problem: 'account' as const }) }
    },
  }
}
