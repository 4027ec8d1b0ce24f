import { isReadable } from '#app/catalog/fields/characters'
import { missingGlyphs } from '#app/replies/glyphs'
import type { Letter } from '#app/replies/letter'

/** Reasons why a letter can't go as it is. */
export interface LetterFaults {
  /** characters that no face has */
  glyphs: string[]
  /** parts of the address that are blank or partly unreadable */
  address: (keyof Letter['to'])[]
  /** address and name don't fit into the window, however small */
  window?: boolean
}

/** Finds what keeps a letter from being printed; null when nothing does. */
export function letterFaults(letter: Letter): LetterFaults | null {
  const faults: LetterFaults = {
    glyphs: missingGlyphs(
      [
        ...Object.values(letter.to),
        ...Object.values(letter.text).flat(),
        ...Object.values(letter.enclosed?.values ?? {}),
      ].join('\n')
    ),
    address: (['postcode', 'address', 'name'] as const).filter(
      (part) => !isReadable(letter.to[part])
    ),
  }
  return faults.glyphs.length > 0 || faults.address.length > 0 ? faults : null
}
