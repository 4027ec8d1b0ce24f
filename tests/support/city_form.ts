import { PDFDocument, rgb, StandardFonts, type PDFFont, type PDFPage } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import type { ServiceFiles } from '#app/catalog/description'
import { asPublished } from '#app/studio/edit_draft'
import type { Paper } from '#app/catalog/own_paper'
import { layOut } from '#app/catalog/lay_out'
import { writeAnswers } from '#app/samples/ink'
import { writeOn } from '#app/samples/make_sample'
import { Random } from '#app/core/random'
import { rasterize, type Raster } from '#app/core/rasterize'

const POINTS = 72 / 25.4
const HEIGHT = 297

/** A form as another office might have made it: no markers, no code, boxes and words of its own. */
export async function cityForm(title: string): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  const page = pdf.addPage([210 * POINTS, HEIGHT * POINTS])
  write(page, font, title, 20, 22, 18)
  write(page, font, 'Please fill in all boxes and hand this paper in at the counter 5.', 20, 32, 10)
  row(page, font, 'Name in kana', 45, 12)
  row(page, font, 'Name', 60, 14)
  row(page, font, 'Phone', 77, 12)
  write(page, font, 'Number of the card', 20, 105, 11)
  for (let cell = 0; cell < 8; cell++) box(page, 70 + cell * 9, 98, 9, 11)
  write(page, font, 'My Number', 20, 126, 11)
  box(page, 70, 118, 100, 12)
  write(page, font, 'Which day would suit you best?', 20, 146, 11)
  for (const [index, day] of ['Monday', 'Wednesday', 'Saturday'].entries()) {
    box(page, 30 + index * 45, 151, 5, 5)
    write(page, font, day, 37 + index * 45, 155.3, 11)
  }
  write(page, font, 'O NO! How often do YOU come? (0: not at all)', 20, 166, 11)
  for (const [index, often] of ['Always', 'Never'].entries()) {
    const [x, y] = [(32 + index * 45) * POINTS, (HEIGHT - 173) * POINTS]
    page.drawCircle({ x, y, size: 1.4 * POINTS, borderWidth: 0.7, borderColor: rgb(0, 0, 0) })
    write(page, font, often, 37 + index * 45, 174.3, 11)
  }
  const words =
    'Remarks of the office: keep this form for five years, then have it destroyed. See also the rules of '
  for (let line = 0; line < 8; line++)
    write(page, font, `${line + 1}. ${words} ${title} ${line * 37}`, 20, 185 + line * 9, 8)
  return Buffer.from(await pdf.save())
}

/** The draft's form filled in by hand, as it lies on the table (gray). */
export async function fillInCityForm(
  files: ServiceFiles,
  paper: Paper,
  answers: Record<string, string>,
  dpi = 300
): Promise<Raster> {
  const { description } = await layOut(asPublished(files), paper)
  const hand = { face: 'Klee One', mark: 'tick' as const }
  const ink = writeAnswers(description, answers, hand, new Random(3))
  const [page] = await writeOn(await rasterize(paper.file, dpi), ink, dpi)
  return page
}

/** The same as a clean scan (PNG). */
export function asScan({ data, width, height }: Raster, dpi = 300): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 1 } })
    .withMetadata({ density: dpi })
    .png()
    .toBuffer()
}

function row(page: PDFPage, font: PDFFont, label: string, top: number, height: number): void {
  write(page, font, label, 20, top + height / 2 + 2, 11)
  box(page, 70, top, 120, height)
}

function write(page: PDFPage, font: PDFFont, text: string, x: number, y: number, size: number) {
  page.drawText(text, { x: x * POINTS, y: (HEIGHT - y) * POINTS, size, font })
}

function box(page: PDFPage, x: number, y: number, width: number, height: number): void {
  page.drawRectangle({
    x: x * POINTS,
    y: (HEIGHT - y - height) * POINTS,
    width: width * POINTS,
    height: height * POINTS,
    borderWidth: 0.8,
    borderColor: rgb(0, 0, 0),
  })
}
