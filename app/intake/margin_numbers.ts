import type { PaperForm } from '#app/reading/paper_form'
import type { Box, GrayImage } from '#app/reading/gray_image'
import { outer } from '#app/reading/boxes'
import { blotsOf, type Blot } from '#app/reading/ink_blots'
import { levelLight } from '#app/reading/level_light'
import { INK } from '#app/reading/own_print'
import { SCALE } from '#app/reading/registered_page'

/** px; what lies this near to print of the blank may be that print, shifted or swollen */
const NEAR_PRINT = 6
/** mm around a place for an answer: what is written there belongs to it */
const AROUND_ZONE = 2
/** mm; figures that people write */
const LEAST_HEIGHT = 1.6
const MAX_HEIGHT = 16
/** So many signs in a row may be a number of twelve figures, of which some touch. */
const LEAST_SIGNS = 8

/**
 * Rows of signs that stand on a form where nothing is asked: a My Number may have been written beside its box. Boxes in
 * px of the laid-out page. What is written in the places for answers is no such row.
 */
export async function marginNumbers(
  form: PaperForm,
  number: number,
  image: GrayImage
): Promise<Box[]> {
  const blank = await form.blank(number)
  const page = levelLight(image)
  const written = withoutAnswers(form, number, withoutForm(page, blank))
  const signs = blotsOf(written, INK).filter((blot) => isSign(blot))
  return [...rowsOf(signs, false), ...rowsOf(signs, true)]
}

function isSign({ width, height }: Blot): boolean {
  const [short, long] = [Math.min(width, height), Math.max(width, height)]
  return long >= LEAST_HEIGHT * SCALE && long <= MAX_HEIGHT * SCALE && short >= 2
}

/** The page without what is printed on the form. */
function withoutForm(page: GrayImage, blank: GrayImage): GrayImage {
  const { width, height } = page
  const data = new Uint8Array(page.data)
  for (let y = 0; y < Math.min(height, blank.height); y++)
    for (let x = 0; x < Math.min(width, blank.width); x++) {
      if (blank.data[y * blank.width + x] >= 200) continue
      const top = Math.max(0, y - NEAR_PRINT)
      const bottom = Math.min(height - 1, y + NEAR_PRINT)
      const [left, right] = [Math.max(0, x - NEAR_PRINT), Math.min(width, x + NEAR_PRINT + 1)]
      for (let row = top; row <= bottom; row++)
        data.fill(255, row * width + left, row * width + right)
    }
  return { data, width, height }
}

function withoutAnswers(form: PaperForm, number: number, page: GrayImage): GrayImage {
  const { zones, blackouts = [] } = form.description
  const data = new Uint8Array(page.data)
  for (const area of [...zones, ...blackouts].filter((one) => one.page === number)) {
    const px = (mm: number) => Math.round(mm * SCALE)
    const left = Math.max(0, px(area.x - AROUND_ZONE))
    const right = Math.min(page.width, px(area.x + area.width + AROUND_ZONE))
    const bottom = Math.min(page.height, px(area.y + area.height + AROUND_ZONE))
    for (let row = Math.max(0, px(area.y - AROUND_ZONE)); row < bottom; row++)
      data.fill(255, row * page.width + left, row * page.width + right)
  }
  return { ...page, data }
}

/** Signs of one size beside each other (or, of a page written on from the side, above each other). */
function rowsOf(signs: Blot[], upright: boolean): Box[] {
  const along = (blot: Box) => (upright ? blot.top : blot.left)
  const across = (blot: Box) => (upright ? blot.left + blot.width / 2 : blot.top + blot.height / 2)
  const size = (blot: Box) => Math.max(blot.width, blot.height)
  const left = new Set(signs)
  const rows: Box[] = []
  for (const first of [...signs].sort((a, b) => along(a) - along(b))) {
    if (!left.has(first)) continue
    const row = [first]
    for (;;) {
      const last = row.at(-1)!
      const end = along(last) + (upright ? last.height : last.width)
      const next = [...left]
        .filter(
          (blot) =>
            !row.includes(blot) &&
            along(blot) >= along(last) &&
            along(blot) - end < 3 * size(last) &&
            Math.abs(across(blot) - across(last)) < 0.7 * Math.max(size(blot), size(last)) &&
            size(blot) < 2.5 * size(last) &&
            size(last) < 2.5 * size(blot)
        )
        .sort((a, b) => along(a) - along(b))[0]
      if (!next) break
      row.push(next)
    }
    if (row.length < LEAST_SIGNS) continue
    for (const blot of row) left.delete(blot)
    rows.push(outer(row))
  }
  return rows
}
