import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

export type TableEncoding = 'utf8' | 'utf16' | 'cp932'

/** The encoding of a table: UTF-16 where its mark or its zero bytes say so, UTF-8 where it is valid UTF-8, else CP932. */
export function tableEncoding(content: Buffer): TableEncoding {
  if (utf16Order(content)) return 'utf16'
  return isUtf8(content) ? 'utf8' : 'cp932'
}

/** All of a small file's text. */
export function decodeText(content: Buffer): string {
  return [...textOf(content, tableEncoding(content))].join('')
}

/** Bytes that are decoded at once. */
const PART = 64 * 1024

/** The first half of a character that UTF-16 writes as two: the other one comes with the next part. */
const HALF = /[\uD800-\uDBFF]$/

/** The text of a table, part by part. */
export function* textOf(content: Buffer, encoding: TableEncoding): Generator<string> {
  const decoder = iconv.getDecoder(utf16Order(content) ?? encoding)
  let half = ''
  for (let at = 0; at < content.length; at += PART) {
    const text = half + decoder.write(content.subarray(at, at + PART))
    half = HALF.exec(text)?.[0] ?? ''
    const whole = text.slice(0, text.length - half.length)
    if (whole !== '') yield whole
  }
  const rest = half + (decoder.end() ?? '')
  if (rest !== '') yield rest
}

/** Bytes looked at for zeros, which no text of single bytes has. */
const LOOKED_AT = 1024

function utf16Order(content: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (content[0] === 0xff && content[1] === 0xfe) return 'utf-16le'
  if (content[0] === 0xfe && content[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (let at = 0; at < Math.min(content.length, LOOKED_AT); at++)
    if (content[at] === 0) zeros[at % 2]++
  if (zeros[0] + zeros[1] === 0) return null
  return zeros[1] > zeros[0] ? 'utf-16le' : 'utf-16be'
}
