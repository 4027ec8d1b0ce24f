/** One page of a TIFF: resolution along and across, where the file says so. */
export interface TiffPage {
  width: number
  height: number
  dpiX: number | null
  dpiY: number | null
}

const [WIDTH, HEIGHT, X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT] = [256, 257, 282, 283, 296]
const SHORT = 3
const CENTIMETERS = 3

/**
 * Walks the directories of a TIFF (TIFF 6.0, section 2). The picture library silently loses the pages
 * behind a damaged directory; here the damage shows.
 * @returns null when it isn't a TIFF; `damaged` when the chain of pages breaks off
 */
export function tiffPages(
  file: Buffer,
  max: number
): { pages: TiffPage[]; damaged: boolean } | null {
  const order = file.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return null
  const short = (at: number) => (order === 'II' ? file.readUInt16LE(at) : file.readUInt16BE(at))
  const long = (at: number) => (order === 'II' ? file.readUInt32LE(at) : file.readUInt32BE(at))
  const pages: TiffPage[] = []
  const seen = new Set<number>()
  try {
    if (short(2) !== 42) return null
    for (let offset = long(4); offset !== 0;) {
      if (seen.has(offset)) return { pages, damaged: true }
      if (pages.length >= max) break
      seen.add(offset)
      const entries = short(offset)
      const tags = new Map<number, number>()
      for (let index = 0; index < entries; index++) {
        const at = offset + 2 + index * 12
        const [tag, type] = [short(at), short(at + 2)]
        if (tag === X_RESOLUTION || tag === Y_RESOLUTION)
          tags.set(tag, long(long(at + 8)) / long(long(at + 8) + 4))
        else tags.set(tag, type === SHORT ? short(at + 8) : long(at + 8))
      }
      const perInch = tags.get(RESOLUTION_UNIT) === CENTIMETERS ? 2.54 : 1
      const dpi = (tag: number) => (tags.has(tag) ? tags.get(tag)! * perInch : null)
      pages.push({
        width: tags.get(WIDTH) ?? 0,
        height: tags.get(HEIGHT) ?? 0,
        dpiX: dpi(X_RESOLUTION),
        dpiY: dpi(Y_RESOLUTION),
      })
      offset = long(offset + 2 + entries * 12)
    }
  } catch {
    return { pages, damaged: true }
  }
  return { pages, damaged: false }
}
