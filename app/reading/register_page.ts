import { FORM_GEOMETRY } from '#app/catalog/form_geometry'
import type { GrayImage } from '#app/reading/gray_image'
import { fitHomography, matOf, residualOf, warp, type Point } from '#app/reading/homography'
import { type MarkerDetector, type OpenCv, openCv, withHandles } from '#app/reading/opencv'
import { printedWrong } from '#app/reading/printed_size'
import { MAX_RESIDUAL_MM, REGISTERED, SCALE } from '#app/reading/registered_page'

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
  const homography = fitHomography(cv, pairs)
  if (!homography) return { ok: false, reason: 'bad_fit' }
  const residualMm = residualOf(homography, pairs) / SCALE
  if (residualMm > MAX_RESIDUAL_MM) return { ok: false, reason: 'bad_fit' }
  if (printedWrong(scan, homography, dpi)) return { ok: false, reason: 'wrong_size' }
  return { ok: true, image: warp(cv, scan, homography, REGISTERED), homography, residualMm }
}

function findMarkers(cv: OpenCv, scan: GrayImage): { id: number; corners: Point[] }[] {
  return withHandles((keep) => {
    const image = keep(matOf(cv, scan))
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

/** Finds a marker's printed corner, in px of the registered page; corners clockwise from the marker's top left. */
function printedCorner(id: number, corner: number): Point {
  const { edge, size, pageWidth, pageHeight } = FORM_GEOMETRY
  const left = id === 0 || id === 3 ? edge : pageWidth - edge - size
  const top = id < 2 ? edge : pageHeight - edge - size
  const x = left + (corner === 1 || corner === 2 ? size : 0)
  const y = top + (corner >= 2 ? size : 0)
  return [x * SCALE, y * SCALE]
}
