import { Unzip, UnzipInflate } from 'fflate'
import { readSheet } from 'read-excel-file/node'

/** A workbook that unpacks to more (bytes) isn't a list of people. */
const MAX_UNPACKED = 512 * 1024 * 1024

/** Bytes of a ZIP that are unpacked at once. */
const PART = 64 * 1024

/** First bytes of a spreadsheet program's own files: a ZIP (xlsx, ods) or an OLE file (xls, and xlsx with a password). */
const STARTS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
]

/** Whether this is a spreadsheet and no text at all. */
export function isSpreadsheet(content: Buffer): boolean {
  return STARTS.some((start) => start.every((byte, index) => content[index] === byte))
}

/**
 * Reads the first sheet of a workbook (xlsx) as lines of cells; days as YYYY-MM-DD.
 * @param max bytes that it may unpack to
 * @returns null where it can't be read: another format, a password, broken, far too large
 */
export async function sheetLines(content: Buffer, max = MAX_UNPACKED): Promise<string[][] | null> {
  if (content[0] !== STARTS[0][0] || unpackedBytes(content, max) > max) return null
  try {
    const rows = await readSheet(content)
    return rows.map((row) => row.map(cellAsText))
  } catch {
    return null
  }
}

/** Bytes that a ZIP unpacks to, whatever it says of itself; it is gone through a little at a time, until it is too much. */
function unpackedBytes(content: Buffer, max: number): number {
  let bytes = 0
  const unzip = new Unzip((file) => {
    file.ondata = (error, part) => {
      if (error) throw error
      bytes += part.length
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < content.length && bytes <= max; at += PART)
      unzip.push(content.subarray(at, at + PART), at + PART >= content.length)
  } catch {
    return Infinity
  }
  return bytes
}

function cellAsText(cell: unknown): string {
  if (cell instanceof Date) {
    const [day, time] = cell.toISOString().split('T')
    return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 5)}`
  }
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  return cell === null || cell === undefined ? '' : String(cell)
}
