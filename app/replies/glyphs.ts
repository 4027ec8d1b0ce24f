import { join } from 'node:path'
import { openSync, type Font } from 'fontkit'
import { codePoint } from '#app/core/csv_file'
import { fontFolder } from '#app/core/typesetter'

/** The face of our letters, and the one that stands in for characters it lacks. */
const FACES = [
  ['biz-udpgothic', '400Regular/BIZUDPGothic_400Regular.ttf'],
  ['noto-sans-jp', '400Regular/NotoSansJP_400Regular.ttf'],
] as const

const VARIATION_SELECTOR = /[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]/u

/** Their files: the first that has a character prints it. */
export const FACE_FILES = FACES.map(([face, file]) => join(fontFolder(face), file))

let opened: Font[] | undefined
const fonts = () => (opened ??= FACE_FILES.map(openFont))

/** Characters without a shape: one can't be shown, and is named by the character before it. */
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Mn}\p{Me}\p{Co}\p{Cn}]/u

/**
 * Characters of a text that neither face can print, each once; invisible ones by what they follow and their code
 * (葛[U+E0100]). A variation selector asks for a certain form of a name's character: a face would print the common form
 * without a word, so it counts as lacking.
 */
export function missingGlyphs(text: string): string[] {
  const characters = [...text]
  const missing = characters.flatMap((character, index) => {
    if (/\s/.test(character)) return []
    const lacks =
      VARIATION_SELECTOR.test(character) ||
      /[\p{Cf}\p{Cc}]/u.test(character) ||
      !fonts().some((font) => font.hasGlyphForCodePoint(character.codePointAt(0)!))
    if (!lacks) return []
    return INVISIBLE.test(character)
      ? [`${characters[index - 1]?.trim() ?? ''}[${codePoint(character)}]`]
      : [character]
  })
  return [...new Set(missing)]
}

/** Says which face prints a character, and how wide it is there (em). */
export function glyphOf(character: string): { face: number; width: number } {
  const code = character.codePointAt(0)!
  const face = Math.max(
    0,
    fonts().findIndex((font) => font.hasGlyphForCodePoint(code))
  )
  const font = fonts()[face]
  return { face, width: font.glyphForCodePoint(code).advanceWidth / font.unitsPerEm }
}

function openFont(path: string): Font {
  const font = openSync(path)
  if (!('hasGlyphForCodePoint' in font)) throw new Error(`${path} is a collection, not a font`)
  return font
}
