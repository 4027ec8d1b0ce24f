import { unzipSync } from 'fflate'
import { readSheet } from 'read-excel-file/node'

/** A workbook that unpacks to more (bytes) isn't a list of people. */
const MAX_UNPACKED = 512 * 1024 * 1024

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
 * @returns null where it can't be read: another format, a password, broken, far too large
 */
export async function sheetLines(content: Buffer): Promise<string[][] | null> {
  if (content[0] !== STARTS[0][0] || unpackedBytes(content) > MAX_UNPACKED) return null
  try {
    const rows = await readSheet(content)
    return rows.map((row) => row.map(cellAsText))
  } catch {
    return null
  }
}

/** Bytes that a ZIP says it holds. */
function unpackedBytes(content: Buffer): number {
  let bytes = 0
  try {
    unzipSync(content, {
      filter({ originalSize }) {
        bytes += originalSize
        return false
      },
    })
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
