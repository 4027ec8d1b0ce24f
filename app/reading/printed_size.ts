import { FORM_GEOMETRY } from '#app/catalog/form_geometry'
import type { GrayImage } from '#app/reading/gray_image'
import { SCALE } from '#app/reading/registered_page'

/** A print this much smaller or larger than the form is refused: boxes and rules no longer are what they say. */
const SIZE = { least: 0.9, max: 1.1 }
/** A4 and A3 in mm; scanners cut a little off. */
const SHEETS = [
  [210, 297],
  [297, 420],
] as const
const CUT_OFF_MM = 12
/** A scan of a whole sheet has the sheet's proportions, and no perspective. */
const WHOLE_SHEET = { proportion: 0.03, perspective: 0.02 }

/** Whether the form stands on the paper much smaller or larger than it is, as far as that can be known. */
export function printedWrong(
  scan: GrayImage,
  homography: number[],
  dpi: number | null,
  shortSideMm: number = FORM_GEOMETRY.pageWidth
): boolean {
  const size = printedSize(scan, homography, dpi, shortSideMm)
  return size !== null && (size < SIZE.least || size > SIZE.max)
}

/**
 * Measures how large the form stands on the paper, 1 as printed: by the resolution that the file tells, or where the
 * picture is a whole sheet. Null where neither is known, as on a photo.
 */
function printedSize(
  scan: GrayImage,
  homography: number[],
  dpi: number | null,
  shortSideMm: number
): number | null {
  const [wide, high] = [scan.width, scan.height].sort((a, b) => a - b)
  const perspective = Math.hypot(homography[6] * scan.width, homography[7] * scan.height)
  const isSheet =
    Math.abs(shortSideMm - FORM_GEOMETRY.pageWidth) < CUT_OFF_MM &&
    Math.abs(high / wide - Math.SQRT2) < WHOLE_SHEET.proportion * Math.SQRT2 &&
    perspective < WHOLE_SHEET.perspective
  // Many files tell a resolution that nobody measured: it counts when it makes the picture a sheet of paper.
  const sheets = dpi ? [wide, high].map((side) => (side / dpi) * 25.4) : null
  const told = sheets && SHEETS.some(([w, h]) => near(sheets[0], w) && near(sheets[1], h))
  const pxPerMm = told && dpi ? dpi / 25.4 : isSheet ? wide / shortSideMm : null
  if (pxPerMm === null) return null
  // The homography goes from the scan to the page: its scale is the page's px for one of the scan's.
  const scale = Math.sqrt(Math.abs(homography[0] * homography[4] - homography[1] * homography[3]))
  return SCALE / (scale * pxPerMm)
}

function near(length: number, sheet: number): boolean {
  return Math.abs(length - sheet) < CUT_OFF_MM
}
