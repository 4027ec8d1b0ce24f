import { readFile } from 'node:fs/promises'
import { degrees, grayscale, PDFDocument, PDFName } from '@cantoo/pdf-lib'
import * as fontkit from 'fontkit'
import sharp from 'sharp'
import { rasterize } from '#app/core/rasterize'
import { FACE_FILES } from '#app/replies/glyphs'

/** Points in a millimeter. */
const MM = 72 / 25.4
const HEIGHT = 297

interface Drawing {
  /** fields that can be filled in on a screen, instead of boxes that are drawn */
  fields?: boolean
  /** degrees by which its page is turned when it is looked at */
  turned?: 0 | 90 | 180 | 270
  pages?: number
  xfa?: boolean
  password?: string
  /** a stamp that was put upon it */
  stamped?: boolean
}

/** Boxes of the form (mm), and what is printed to their left. */
export const BOXES = [
  { label: '氏名', x: 60, y: 40, width: 90, height: 10 },
  { label: '住所', x: 60, y: 55, width: 120, height: 14 },
  { label: '電話番号', x: 60, y: 75, width: 60, height: 10 },
  { label: '備考', x: 60, y: 100, width: 90, height: 10 },
] as const
/** Beside this one nothing is printed. */
const NAMELESS = '備考'

/** A department's empty form (PDF, A4). */
export async function blankPdf({
  fields,
  turned = 0,
  pages = 1,
  xfa,
  password,
  stamped,
}: Drawing = {}): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  pdf.registerFontkit(fontkit)
  const font = await pdf.embedFont(await readFile(FACE_FILES[0]), { subset: true })
  for (let number = 1; number <= pages; number++) {
    const page = pdf.addPage([210 * MM, HEIGHT * MM])
    page.setRotation(degrees(turned))
    page.drawText('交付申請書', { x: 85 * MM, y: (HEIGHT - 25) * MM, size: 16, font })
    for (const { label, x, y, width, height } of BOXES) {
      const bottom = (HEIGHT - y - height) * MM
      if (label !== NAMELESS)
        page.drawText(label, { x: 25 * MM, y: bottom + (height * MM) / 2 - 4, size: 12, font })
      const area = { x: x * MM, y: bottom, width: width * MM, height: height * MM }
      if (fields) pdf.getForm().createTextField(`${label}${number}`).addToPage(page, area)
      else page.drawRectangle({ ...area, borderWidth: 1, borderColor: grayscale(0) })
    }
  }
  if (xfa) {
    const form = pdf.catalog.getOrCreateAcroForm()
    form.dict.set(PDFName.of('XFA'), pdf.context.obj('<xdp/>'))
  }
  if (stamped) {
    const box = [400, 700, 560, 780]
    const look = pdf.context.stream('0.8 0 0 rg 0 0 160 80 re f', {
      ...{ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 160, 80] },
    })
    const stamp = { Type: 'Annot', Subtype: 'Stamp', Rect: box, F: 4 }
    const note = pdf.context.obj({ ...stamp, AP: { N: pdf.context.register(look) } })
    pdf.getPage(0).node.addAnnot(pdf.context.register(note))
  }
  if (password) pdf.encrypt({ userPassword: password, ownerPassword: password })
  return Buffer.from(await pdf.save())
}

/** The same form as a scan of its paper, which lay askew by so many degrees. */
export async function scannedPdf(askew: number): Promise<Buffer> {
  const [{ data, width, height }] = await rasterize(await blankPdf(), 150)
  const picture = await sharp(data, { raw: { width, height, channels: 1 } })
    .rotate(askew, { background: 'white' })
    .resize(width, height, { fit: 'cover' })
    .jpeg()
    .toBuffer()
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([210 * MM, HEIGHT * MM])
  page.drawImage(await pdf.embedJpg(picture), { ...page.getSize(), x: 0, y: 0 })
  return Buffer.from(await pdf.save())
}
