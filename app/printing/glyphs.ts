import { join } from 'node:path'
import { openSync, type Font } from 'fontkit'
import { fontFolder } from '#app/shared/typesetter'

/** The face of our letters, and the one that stands in for characters it lacks. */
const FACES = [
  ['biz-udpgothic', '400Regular/BIZUDPGothic_400Regular.ttf'],
  ['noto-sans-jp', '400Regular/NotoSansJP_400Regular.ttf'],
] as const

const VARIATION_SELECTOR = /[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]/u

let fonts: Font[] | undefined

/**
 * Characters of a text that neither face can print, each once. A variation selector asks for a certain
 * form of a name's character: a face would print the common form without a word, so it counts as lacking.
 */
export function missingGlyphs(text: string): string[] {
  fonts ??= FACES.map(([face, file]) => openFont(join(fontFolder(face), file)))
  const missing = [...new Set(text)].filter((character) => {
    if (/\s/.test(character)) return false
    if (VARIATION_SELECTOR.test(character)) return true
    return !fonts!.some((font) => font.hasGlyphForCodePoint(character.codePointAt(0)!))
  })
  return missing
}

function openFont(path: string): Font {
  const font = openSync(path)
  if (!('hasGlyphForCodePoint' in font)) throw new Error(`${path} is a collection, not a font`)
  return font
}
