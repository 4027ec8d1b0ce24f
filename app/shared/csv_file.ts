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

/** A CSV file: CRLF, every value quoted, leading zeros kept. In CP932, characters that it lacks become 〓 and are listed. */
export function csvFile(rows: string[][], encoding: CsvEncoding): CsvFile {
  if (encoding === 'utf8')
    return {
      file: Buffer.from(`\uFEFF${rows.map(csvLine).join('')}`, 'utf8'),
      charset: 'utf-8',
      unmapped: [],
    }
  const unmapped = rows.flatMap((cells, index) =>
    lackingIn(cells).map((character) => ({ row: index + 1, character }))
  )
  const lacking = new Set(unmapped.map((one) => one.character))
  const text = rows
    .map((cells) =>
      csvLine(
        cells.map((cell) => [...cell].map((one) => (lacking.has(one) ? LACKING : one)).join(''))
      )
    )
    .join('')
  return { file: iconv.encode(text, 'cp932'), charset: 'windows-31j', unmapped }
}

/** The characters that CP932 lacks, each once. */
export function lackingIn(cells: string[]): string[] {
  return [...new Set(cells.join(''))].filter(
    (character) => iconv.decode(iconv.encode(character, 'cp932'), 'cp932') !== character
  )
}

/** U+20BB7 */
export function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase()}`
}

/** A leading = + - @ would be run by a spreadsheet: it is kept as text. */
function csvLine(cells: string[]): string {
  return `${cells.map((text) => `"${text.replace(/^([=+\-@\t\r])/, "'$1").replaceAll('"', '""')}"`).join(',')}\r\n`
}
