import { area, bottom, right, type BlankPage, type Rectangle } from '#app/reading/layout/blank_page'
import type { RuledLines } from '#app/reading/layout/find_lines'
import { openCv, withHandles, type OpenCv } from '#app/reading/opencv'

/** mm; smaller is no cell */
const SMALLEST = 1.6
/** share of a cell's rows and columns that must reach from side to side */
const STRAIGHT = 0.88
/** mm; how far from its side a row may end */
const NEAR = 0.6

/** The rectangles that the lines enclose, large ones before those within them; mm inside of the lines. */
export async function findCells(page: BlankPage, { plan }: RuledLines): Promise<Rectangle[]> {
  const cv = await openCv()
  const scale = plan.width / page.widthMm
  return componentsOf(cv, plan, NEAR * scale)
    .map(({ x, y, width, height }) => ({
      x: x / scale,
      y: y / scale,
      width: width / scale,
      height: height / scale,
    }))
    .filter((one) => one.width > SMALLEST && one.height > SMALLEST)
    .sort((a, b) => area(b) - area(a))
}

/** White areas that no line crosses and that aren't the paper around: px. */
function componentsOf(
  cv: OpenCv,
  { data, width, height }: RuledLines['plan'],
  near: number
): Rectangle[] {
  return withHandles((keep) => {
    const picture = keep(new cv.Mat(height, width, cv.CV_8UC1))
    picture.data.set(data)
    const [labels, stats, centers] = [keep(new cv.Mat()), keep(new cv.Mat()), keep(new cv.Mat())]
    const count = cv.connectedComponentsWithStats(picture, labels, stats, centers, 4)
    const all = labels.data32S
    return Array.from({ length: Math.max(0, count - 1) }, (_, index) => {
      const [x, y, wide, high] = stats.data32S.subarray((index + 1) * 5, (index + 1) * 5 + 4)
      return { label: index + 1, x, y, width: wide, height: high }
    })
      .filter((one) => one.x > 0 && one.y > 0 && right(one) < width && bottom(one) < height)
      .filter((one) => isRectangle(one, near, (x, y) => all[y * width + x] === one.label))
  })
}

/** Whether nearly all rows and columns of a component reach from side to side. */
function isRectangle(
  box: Rectangle,
  near: number,
  isOwn: (x: number, y: number) => boolean
): boolean {
  const depth = Math.min(Math.ceil(near), box.width, box.height)
  const reaches = (along: number, across: number, own: (at: number, of: number) => boolean) => {
    let reaching = 0
    for (let row = 0; row < along; row++) {
      let [start, end] = [false, false]
      for (let at = 0; at < depth; at++) {
        start ||= own(at, row)
        end ||= own(across - 1 - at, row)
      }
      if (start && end) reaching++
    }
    return reaching / along >= STRAIGHT
  }
  return (
    reaches(box.height, box.width, (at, row) => isOwn(box.x + at, box.y + row)) &&
    reaches(box.width, box.height, (at, column) => isOwn(box.x + column, box.y + at))
  )
}
