/** Measures of our forms' pages and corner markers. Shared knowledge of printer and reader, in mm. */
export const FORM_GEOMETRY = {
  /** from the page's edge to a marker */
  edge: 8,
  /** side of a marker */
  size: 10,
  pageWidth: 210,
  pageHeight: 297,
} as const

/**
 * ArUco markers 0 to 3 of OpenCV's dictionary DICT_4X4_50 with their border, 1 = white; they stand
 * clockwise from the top left.
 */
export const MARKERS: number[][][] = [
  ['000000', '010110', '001010', '000110', '000100', '000000'],
  ['000000', '000000', '011110', '010010', '010100', '000000'],
  ['000000', '000110', '000110', '000100', '011010', '000000'],
  ['000000', '010010', '010010', '001000', '001100', '000000'],
].map((rows) => rows.map((row) => [...row].map(Number)))
