import app from '@adonisjs/core/services/app'
import { addressDoubts } from '#app/catalog/addresses/postcode_fits'
import type { Blackout, ServiceFiles } from '#app/catalog/description'
import { asPublished } from '#app/studio/edit_draft'
import { MASTER_PREFIX } from '#app/catalog/form_code'
import type { Paper } from '#app/catalog/own_paper'
import { layOut } from '#app/catalog/lay_out'
import { cutSnippet } from '#app/reading/cut_snippet'
import { Decoder } from '#app/reading/decoding/decoder'
import type { Refusal } from '#app/reading/decoding/messages'
import { openPicture, toJpeg, type GrayImage } from '#app/reading/gray_image'
import { draftPage, findByPrint } from '#app/reading/own_forms'
import { paperForm } from '#app/reading/paper_form'
import type { FieldReading } from '#app/reading/read_field'
import { readFields, type UnreadReason } from '#app/reading/read_picture'
import { Recognizer } from '#app/reading/recognizer'
import { SCALE } from '#app/reading/registered_page'
import { shippedRules } from '#app/reading/shipped_rules'

/** Pages of a sample that are read. */
const MAX_PAGES = 4
/** mm of paper that are shown around a field */
const AROUND = 3

export interface TriedField extends FieldReading {
  /** JPEG */
  snippet: Buffer
}

/** A reading of one page of a filled-in sample. */
export type TriedPage =
  | { ok: true; page: number; residualMm: number; fields: TriedField[] }
  | { ok: false; reason: UnreadReason }

export type Tried = { ok: true; pages: TriedPage[] } | { ok: false; reason: Refusal }

/** Reads a filled-in sample of a draft's own form, as its scans will be read. Nothing of it is kept. */
export async function tryReading(files: ServiceFiles, paper: Paper, file: Buffer): Promise<Tried> {
  const { description, blanks } = await layOut(withPlaced(asPublished(files)), paper)
  const form = paperForm(description, async (page) => blanks[page - 1])
  const code = { service: files.slug, version: 0, copy: MASTER_PREFIX }
  const own = blanks.map((_, index) => draftPage(form, { ...code, page: index + 1 }))
  const reader = {
    recognizer: await app.container.make(Recognizer),
    rules: await shippedRules(),
    check: addressDoubts,
  }
  const decoder = new Decoder()
  const pages: TriedPage[] = []
  try {
    const decoded = await decoder.decode(
      file,
      async ({ jpeg, dpi }) => {
        const found = await findByPrint(await openPicture(jpeg), own, dpi)
        if (!found?.ok) return void pages.push({ ok: false, reason: found?.reason ?? 'wrong_form' })
        const { page: registered } = found
        const { page } = found.own.code
        for (const box of description.blackouts ?? [])
          if (box.page === page) blacken(registered.image, box)
        const read = await readFields(registered.image, form, page, reader)
        if (!read.ok) return void pages.push(read)
        const picture = { registered: await toJpeg(registered.image) }
        const fields = read.fields.map(async (field) => ({
          ...field,
          snippet: await cutSnippet(picture, widened(field.region)),
        }))
        pages.push({
          ok: true,
          page,
          residualMm: registered.residualMm,
          fields: await Promise.all(fields),
        })
      },
      { max: MAX_PAGES }
    )
    return decoded.ok ? { ok: true, pages } : decoded
  } finally {
    decoder.close()
  }
}

/** Nobody sees a My Number, here either. */
function blacken({ data, width }: GrayImage, box: Blackout): void {
  const px = (mm: number) => Math.max(0, Math.round(mm * SCALE))
  for (let y = px(box.y - AROUND); y < px(box.y + box.height + AROUND); y++)
    data.fill(0, y * width + px(box.x - AROUND), y * width + px(box.x + box.width + AROUND))
}

function widened({ x, y, width, height }: FieldReading['region']) {
  return {
    x: x - AROUND,
    y: y - AROUND,
    width: width + 2 * AROUND,
    height: height + 2 * AROUND,
  }
}

/** The definition without fields that have no place yet. */
function withPlaced(files: ServiceFiles): ServiceFiles {
  const placed = new Set(files.ownPaper?.places.map((place) => place.field))
  const groups = files.groups.map((group) => ({
    ...group,
    fields: group.fields.filter((field) => placed.has(field.key)),
  }))
  return { ...files, groups: groups.filter((group) => group.fields.length > 0) }
}
