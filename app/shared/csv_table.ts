import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'

/** UTF-8 where it is valid UTF-8, else CP932. */
export function decodeText(content: Buffer): { text: string; encoding: 'utf8' | 'cp932' } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(content), encoding: 'utf8' }
  } catch {
    return { text: iconv.decode(content, 'cp932'), encoding: 'cp932' }
  }
}

/** The rows of a CSV file, trimmed, without empty ones; null where it is none. */
export function tableOf(text: string): string[][] | null {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true })
  } catch {
    return null
  }
}

/** A heading as it is compared: half width, without spaces. */
export function plainHeading(heading: string): string {
  return heading.normalize('NFKC').replace(/\s/g, '')
}
