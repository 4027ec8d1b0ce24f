import { FORM_GEOMETRY } from '#app/catalog/form_geometry'
import type { GrayImage } from '#app/recognition/gray_image'
import { REGISTERED, SCALE } from '#app/recognition/registered_page'
import { type MarkerDetector, type OpenCv, openCv, withHandles } from '#app/recognition/opencv'

/** A page whose markers lie further off than this is not read by the machine. */
const MAX_RESIDUAL_MM = 1.2

export interface Registered {
  ok: true
  /** the page as printed: upright, 200 dpi */
  image: GrayImage
  /** row by row, from px of the scan to px of the registered page */
  homography: number[]
  /** root mean square distance of the markers' corners from where they were printed */
  residualMm: number
}

export type Registration =
  Registered | { ok: false; reason: 'too_few_markers' | 'two_forms' | 'bad_fit' | 'wrong_size' }

/** A print this much smaller or larger than the form is refused: boxes and rules no longer are what they say. */
const SIZE = { least: 0.9, most: 1.1 }
/** A4 and A3 in mm; scanners cut a little off. */
const SHEETS = [
  [210, 297],
  [297, 420],
] as const
const CUT_OFF_MM = 12
/** A scan of a whole sheet has the sheet's proportions, and no perspective. */
const WHOLE_SHEET = { proportion: 0.03, perspective: 0.02 }

type Point = [number, number]

let detector: MarkerDetector | undefined

/**
 * Finds the form's corner markers, and lays the page out as it was printed, whatever its rotation and skew.
 * @param dpi of the picture, where its file tells
 */
export async function registerPage(
  scan: GrayImage,
  dpi: number | null = null
): Promise<Registration> {
  const cv = await openCv()
  const markers = findMarkers(cv, scan)
  if (new Set(markers.map((marker) => marker.id)).size < markers.length)
    return { ok: false, reason: 'two_forms' }
  const pairs = markers.flatMap(({ id, corners }) =>
    corners.map((from, index) => ({ from, to: printedCorner(id, index) }))
  )
  if (pairs.length < 12) return { ok: false, reason: 'too_few_markers' }
  const homography = fit(cv, pairs)
  if (!homography) return { ok: false, reason: 'bad_fit' }
  const residualMm =
    Math.sqrt(
      pairs.reduce((sum, { from, to }) => sum + squaredDistance(apply(homography, from), to), 0) /
        pairs.length
    ) / SCALE
  if (residualMm > MAX_RESIDUAL_MM) return { ok: false, reason: 'bad_fit' }
  const size = printedSize(scan, homography, dpi)
  if (size !== null && (size < SIZE.least || size > SIZE.most))
    return { ok: false, reason: 'wrong_size' }
  return { ok: true, image: warp(cv, scan, homography), homography, residualMm }
}

function findMarkers(cv: OpenCv, scan: GrayImage): { id: number; corners: Point[] }[] {
  return withHandles((keep) => {
    const image = keep(new cv.Mat(scan.height, scan.width, cv.CV_8UC1))
    image.data.set(scan.data)
    const [corners, ids, rejected] = [
      keep(new cv.MatVector()),
      keep(new cv.Mat()),
      keep(new cv.MatVector()),
    ]
    markerDetector(cv).detectMarkers(image, corners, ids, rejected)
    const found: { id: number; corners: Point[] }[] = []
    for (let index = 0; index < corners.size(); index++) {
      const points = keep(corners.get(index)).data32F
      const id = ids.data32S[index]
      if (id < 4)
        found.push({
          id,
          corners: [0, 1, 2, 3].map((corner): Point => [
            points[corner * 2],
            points[corner * 2 + 1],
          ]),
        })
    }
    return found
  })
}

/** One threshold window finds what three find, in a third of the time. */
function markerDetector(cv: OpenCv): MarkerDetector {
  if (detector) return detector
  const parameters = new cv.aruco_DetectorParameters()
  Object.assign(parameters, {
    cornerRefinementMethod: cv.CORNER_REFINE_SUBPIX,
    adaptiveThreshWinSizeMin: 23,
    adaptiveThreshWinSizeMax: 23,
  })
  detector = new cv.aruco_ArucoDetector(
    cv.getPredefinedDictionary(cv.DICT_4X4_50),
    parameters,
    new cv.aruco_RefineParameters(10, 3, true)
  )
  return detector
}

/** Where a corner of a marker was printed, in px of the registered page; corners clockwise from the marker's top left. */
function printedCorner(id: number, corner: number): Point {
  const { edge, size, pageWidth, pageHeight } = FORM_GEOMETRY
  const left = id === 0 || id === 3 ? edge : pageWidth - edge - size
  const top = id < 2 ? edge : pageHeight - edge - size
  const x = left + (corner === 1 || corner === 2 ? size : 0)
  const y = top + (corner >= 2 ? size : 0)
  return [x * SCALE, y * SCALE]
}

function fit(cv: OpenCv, pairs: { from: Point; to: Point }[]): number[] | null {
  return withHandles((keep) => {
    const from = keep(
      cv.matFromArray(
        pairs.length,
        1,
        cv.CV_32FC2,
        pairs.flatMap((pair) => pair.from)
      )
    )
    const to = keep(
      cv.matFromArray(
        pairs.length,
        1,
        cv.CV_32FC2,
        pairs.flatMap((pair) => pair.to)
      )
    )
    const matrix = keep(cv.findHomography(from, to, 0, 3))
    return matrix.empty() ? null : Array.from(matrix.data64F)
  })
}

/**
 * How large the form stands on the paper, 1 as printed: by the resolution that the file tells, or where the picture is
 * a whole sheet. Null where neither is known, as on a photo.
 */
function printedSize(scan: GrayImage, homography: number[], dpi: number | null): number | null {
  const [wide, high] = [scan.width, scan.height].sort((a, b) => a - b)
  const perspective = Math.hypot(homography[6] * scan.width, homography[7] * scan.height)
  const isSheet =
    Math.abs(high / wide - Math.SQRT2) < WHOLE_SHEET.proportion * Math.SQRT2 &&
    perspective < WHOLE_SHEET.perspective
  // Many files tell a resolution that nobody measured: it counts when it makes the picture a sheet of paper.
  const sheets = dpi ? [wide, high].map((side) => (side / dpi) * 25.4) : null
  const told = sheets && SHEETS.some(([w, h]) => near(sheets[0], w) && near(sheets[1], h))
  const pxPerMm = told && dpi ? dpi / 25.4 : isSheet ? wide / FORM_GEOMETRY.pageWidth : null
  if (pxPerMm === null) return null
  // The homography goes from the scan to the page: its scale is the page's px for one of the scan's.
  const scale = Math.sqrt(Math.abs(homography[0] * homography[4] - homography[1] * homography[3]))
  return SCALE / (scale * pxPerMm)
}

function near(length: number, sheet: number): boolean {
  return Math.abs(length - sheet) < CUT_OFF_MM
}

function warp(cv: OpenCv, scan: GrayImage, homography: number[]): GrayImage {
  return withHandles((keep) => {
    const source = keep(new cv.Mat(scan.height, scan.width, cv.CV_8UC1))
    source.data.set(scan.data)
    const target = keep(new cv.Mat())
    const matrix = keep(cv.matFromArray(3, 3, cv.CV_64F, homography))
    cv.warpPerspective(
      source,
      target,
      matrix,
      new cv.Size(REGISTERED.width, REGISTERED.height),
      cv.INTER_LINEAR,
      cv.BORDER_CONSTANT,
      new cv.Scalar(255)
    )
    return { ...REGISTERED, data: new Uint8Array(target.data) }
  })
}

function apply(h: number[], [x, y]: Point): Point {
  const z = h[6] * x + h[7] * y + h[8]
  return [(h[0] * x + h[1] * y + h[2]) / z, (h[3] * x + h[4] * y + h[5]) / z]
}

function squaredDistance(a: Point, b: Point): number {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
}
