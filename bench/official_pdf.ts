import { readFile } from 'node:fs/promises'
import { grayscale, PDFDocument } from '@cantoo/pdf-lib'
import * as fontkit from 'fontkit'
import { enclose } from '#app/core/typesetting/enclose'
import { fillForm } from '#app/replies/enclosures/fill_form'
import type { FormPlace } from '#app/replies/enclosures/form_place'
import { FACE_FILES } from '#app/replies/glyphs'
import { report } from '#bench/report'

const FORMS = 200
const MM = 72 / 25.4
const A4 = [210 * MM, 297 * MM] as const

/** mm; two columns of boxes */
const PLACES = Array.from({ length: 20 }, (_place, index): FormPlace => ({
  ...{ id: `p${index}`, kind: 'box', page: 1, label: '', word: `列${index}` },
  ...{ x: index % 2 ? 110 : 20, y: 20 + Math.floor(index / 2) * 20, width: 80, height: 12 },
}))

/** A department's own form behind each of 200 letters; beside one document for each by pdf-lib alone. */
export async function benchOfficialPdf(): Promise<void> {
  const form = await blank()
  const [letters, began] = [await empty(FORMS), performance.now()]
  const ranges = Array.from({ length: FORMS }, (_, index) => ({ from: index + 1, to: index + 1 }))
  await enclose(letters, ranges, {
    ...{ label: 'letter', forms: [{ pdf: form, pages: [] }], faces: FACE_FILES },
    pieces: ranges.map((_range, index) => ({
      ...{ form: 0, foot: `${index + 1}` },
      drawn: fillForm(PLACES, valuesOf(index)).drawn,
    })),
  })
  const ours = (performance.now() - began) / FORMS
  const alone = await oneByOne(form)
  report(
    'letters',
    { name: 'official_pdf_ms', value: ours, unit: 'ms' },
    { name: 'pdf-lib, a document for each', value: alone, moreIsBetter: false }
  )
}

function valuesOf(index: number): Record<string, string> {
  return Object.fromEntries(PLACES.map(({ word }) => [word!, `青嶺市大字上久保${index + 1}番地5`]))
}

async function empty(pages: number): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  for (let page = 0; page < pages; page++) pdf.addPage([...A4])
  return pdf.save()
}

async function blank(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([...A4])
  for (const { x, y, width, height } of PLACES)
    page.drawRectangle({
      ...{ x: x * MM, y: (297 - y - height) * MM, width: width * MM, height: height * MM },
      borderColor: grayscale(0),
    })
  return pdf.save()
}

/** Milliseconds for each form that is opened, filled in and saved by itself. */
async function oneByOne(form: Uint8Array): Promise<number> {
  const face = await readFile(FACE_FILES[0])
  const count = FORMS / 10
  const began = performance.now()
  for (let index = 0; index < count; index++) {
    const pdf = await PDFDocument.load(form)
    pdf.registerFontkit(fontkit)
    const font = await pdf.embedFont(face, { subset: true })
    const [page] = pdf.getPages()
    for (const { x, y, word } of PLACES)
      page.drawText(valuesOf(index)[word!], { x: x * MM, y: (297 - y - 8) * MM, size: 12, font })
    await pdf.save()
  }
  return (performance.now() - began) / count
}
