import iconv from 'iconv-lite'

/** Stands in a CP932 file for a character that the encoding lacks (geta mark, as Japanese printers do). */
const LACKING = '〓'

export type CsvEncoding = 'utf8' | 'cp932'

/** One character that the file's encoding lacks, and in which row (from 1, headings included) it stood. */
export interface Unmapped {
  row: number
  character: string
}

export interface CsvFile {
  file: Buffer
  charset: 'utf-8' | 'windows-31j'
  unmapped: Unmapped[]
}

/** Signs that CP932 has under another number: they leave as that twin, which looks the same. */
const TWINS: Record<string, string> = {
  '\u301C': '\uFF5E',
  '\u2212': '\uFF0D',
  '\u2014': '\u2015',
  '\u2016': '\u2225',
  '\u00A2': '\uFFE0',
  '\u00A3': '\uFFE1',
  '\u00A5': '\uFFE5',
  '\u00A6': '\uFFE4',
  '\u00AC': '\uFFE2',
  '\u203E': '\uFFE3',
  '\u00A0': ' ',
}
const HAS_TWIN = new RegExp(`[${Object.keys(TWINS).join('')}]`, 'g')

/** Kana or letters with their marks apart, as some systems write them; Kanji stay: NFC would make some of them others. */
const MARKED = /[^\p{Script=Han}\p{M}]\p{M}+/gu

/** A text with what CP932 knows under another number so written. */
function withTwins(text: string): string {
  return text
    .replace(MARKED, (one) => one.normalize('NFC'))
    .replace(HAS_TWIN, (character) => TWINS[character])
}

/** Returns what stands at the beginning of a file, before its first row. */
export function csvStart(encoding: CsvEncoding): Buffer {
  return Buffer.from(encoding === 'utf8' ? '\uFEFF' : '')
}

/** Some rows of a CSV file; characters that CP932 lacks are listed by the row (from 1) among these. */
export function csvLines(
  rows: string[][],
  encoding: CsvEncoding
): { bytes: Buffer; unmapped: Unmapped[] } {
  if (encoding === 'utf8') return { bytes: Buffer.from(rows.map(csvLine).join('')), unmapped: [] }
  const twinned = rows.map((cells) => cells.map(withTwins))
  const unmapped = twinned.flatMap((cells, index) =>
    lackingIn(cells).map((character) => ({ row: index + 1, character }))
  )
  const lacking = new Set(unmapped.map((one) => one.character))
  const text = twinned
    .map((cells) =>
      csvLine(
        cells.map((cell) => [...cell].map((one) => (lacking.has(one) ? LACKING : one)).join(''))
      )
    )
    .join('')
  return { bytes: iconv.encode(text, 'cp932'), unmapped }
}

/** A CSV file: CRLF, every value quoted, leading zeros kept. In CP932, characters that it lacks become 〓 and are listed. */
export function csvFile(rows: string[][], encoding: CsvEncoding): CsvFile {
  const { bytes, unmapped } = csvLines(rows, encoding)
  return {
    file: Buffer.concat([csvStart(encoding), bytes]),
    charset: encoding === 'utf8' ? 'utf-8' : 'windows-31j',
    unmapped,
  }
}

/** The characters that CP932 lacks, each once. */
export function lackingIn(cells: string[]): string[] {
  return [...new Set(cells.map(withTwins).join(''))].filter(
    (character) => iconv.decode(iconv.encode(character, 'cp932'), 'cp932') !== character
  )
}

/** U+20BB7 */
export function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase()}`
}

/** A leading = + - @, in full width too, or a line feed before it would be run by a spreadsheet: it is kept as text. */
function csvLine(cells: string[]): string {
  return `${cells.map((text) => `"${text.replace(/^([=+\-@＝＋－＠\t\r\n])/, "'$1").replaceAll('"', '""')}"`).join(',')}\r\n`
}
