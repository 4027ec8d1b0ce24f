import { createRequire } from 'node:module'

/** The little of OpenCV that reading a page needs; its own types don't cover ArUco. */
export interface Mat {
  data: Uint8Array
  data32F: Float32Array
  data32S: Int32Array
  data64F: Float64Array
  rows: number
  cols: number
  empty(): boolean
  delete(): void
}

export interface MatVector {
  size(): number
  get(index: number): Mat
  delete(): void
}

interface Deletable {
  delete(): void
}

/** Corners of a picture that can be found again. */
export interface KeyPoints extends Deletable {
  size(): number
  get(index: number): { pt: { x: number; y: number } }
}

/** Pairs of corners that look alike, one of each picture. */
export interface Matches extends Deletable {
  size(): number
  get(index: number): { queryIdx: number; trainIdx: number }
}

export interface MarkerDetector extends Deletable {
  detectMarkers(image: Mat, corners: MatVector, ids: Mat, rejected: MatVector): void
}

export interface OpenCv {
  CV_8UC1: number
  CV_32FC2: number
  CV_64F: number
  DICT_4X4_50: number
  CORNER_REFINE_SUBPIX: number
  INTER_LINEAR: number
  NORM_HAMMING: number
  RANSAC: number
  TM_CCOEFF_NORMED: number
  MORPH_RECT: number
  MORPH_OPEN: number
  MORPH_CLOSE: number
  MORPH_DILATE: number
  BORDER_CONSTANT: number
  Mat: new (rows?: number, columns?: number, type?: number) => Mat
  MatVector: new () => MatVector
  KeyPointVector: new () => KeyPoints
  DMatchVector: new () => Matches
  ORB: new (max: number) => Deletable & {
    detectAndCompute(image: Mat, mask: Mat, points: KeyPoints, descriptors: Mat): void
  }
  BFMatcher: new (
    norm: number,
    crossCheck: boolean
  ) => Deletable & { match(query: Mat, train: Mat, matches: Matches): void }
  Size: new (width: number, height: number) => object
  Scalar: new (value: number) => object
  aruco_DetectorParameters: new () => Deletable & Record<string, number>
  aruco_RefineParameters: new (distance: number, correction: number, checkAll: boolean) => Deletable
  aruco_ArucoDetector: new (
    dictionary: Deletable,
    parameters: Deletable,
    refine: Deletable
  ) => MarkerDetector
  getPredefinedDictionary(name: number): Deletable
  matFromArray(rows: number, columns: number, type: number, values: number[]): Mat
  findHomography(from: Mat, to: Mat, method: number, threshold: number): Mat
  matchTemplate(picture: Mat, template: Mat, scores: Mat, method: number): void
  getStructuringElement(shape: number, size: object): Mat
  morphologyEx(from: Mat, to: Mat, operation: number, kernel: Mat): void
  /** statistics: left, top, width, height, area of each component; 0 is the background */
  connectedComponentsWithStats(
    picture: Mat,
    labels: Mat,
    statistics: Mat,
    centers: Mat,
    connectivity?: number
  ): number
  warpPerspective(
    from: Mat,
    to: Mat,
    transform: Mat,
    size: object,
    flags: number,
    border: number,
    fill: object
  ): void
}

type Thenable = OpenCv & { then?: (resolve: (loaded: Thenable) => void) => void }

let loaded: Promise<{ cv: OpenCv }> | undefined

/**
 * Loads OpenCV once. The module resolves to itself while it still has a `then`, so it is handed on
 * inside an object, with its `then` taken off.
 */
export async function openCv(): Promise<OpenCv> {
  loaded ??= new Promise((resolve) => {
    const module: Thenable = createRequire(import.meta.url)('@techstark/opencv-js')
    if (!module.then) return resolve({ cv: module })
    module.then((cv) => {
      delete cv.then
      resolve({ cv })
    })
  })
  return (await loaded).cv
}

/** Frees the given handles whatever happens: OpenCV's memory is not collected. */
export function withHandles<T>(work: (keep: <H extends Deletable>(handle: H) => H) => T): T {
  const handles: Deletable[] = []
  try {
    return work((handle) => {
      handles.push(handle)
      return handle
    })
  } finally {
    for (const handle of handles) handle.delete()
  }
}
