import db from '@adonisjs/lucid/services/db'
import sharp from 'sharp'
import type { Blackout } from '#app/catalog/description'
import { openPicture, type GrayImage } from '#app/recognition/gray_image'
import { findByPrint, findOwnPages } from '#app/recognition/own_forms'
import { findForm, type PaperForm } from '#app/recognition/paper_form'
import { apply, inverse } from '#app/recognition/homography'
import { readFormCode } from '#app/recognition/read_form_code'
import { registerPage, type Registration } from '#app/recognition/register_page'
import { SCALE } from '#app/recognition/registered_page'

/** mm around a box that are blackened with it: figures run over frames */
const AROUND = 3
/** px; longer side of a page that can't be told: enough to know the paper, too little to read it */
const BLURRED = 220

/** A page's picture as it may be kept: as it came, blackened, or a blur of what can't be told. */
export interface Blackened {
  kept: 'whole' | 'blackened' | 'blurred'
  jpeg: Buffer
}

/** Whether a client has forms on which a My Number stands: then no page is kept before it was looked through. */
export async function mayHoldNumbers(clientId: string): Promise<boolean> {
  const row = await db
    .from('service_versions')
    .join('services', 'services.id', 'service_versions.service_id')
    .where('services.client_id', clientId)
    .whereRaw("jsonb_array_length(coalesce(service_versions.description->'blackouts', '[]')) > 0")
    .first()
  return row !== null
}

/**
 * Blackens the My Number box in the picture of a page, as it came in, whoever's post it came with. A page that may bear
 * one and of which form or corners can't be told (an attachment, a bad copy, two sheets at once) is kept as a blur
 * only: a person on site decides with the paper in hand.
 * @param guarded whether pages that can't be told may bear a My Number
 */
export async function blackOut(
  jpeg: Buffer,
  guarded: boolean,
  clientId: string
): Promise<Blackened> {
  const picture = await openPicture(jpeg)
  const code = await readFormCode(picture)
  if (!code.ok && code.reason !== 'two_forms')
    return blackOutByPrint(jpeg, picture, guarded, clientId)
  const codes = code.ok ? [code.code] : code.codes
  const forms = await Promise.all(codes.map(findForm))
  const bears = forms.some((form) => (form?.description.blackouts ?? []).length > 0)
  if (!guarded && !bears) return { kept: 'whole', jpeg }
  const page = await registerPage(picture)
  const [form] = forms
  if (!code.ok || !form || (!page.ok && page.reason === 'two_forms')) return blurred(jpeg)
  return blackOutBoxes(jpeg, picture, form, code.code.page, page)
}

/** A page without a code of ours: one of the cities' own forms, or something that nobody knows. */
async function blackOutByPrint(
  jpeg: Buffer,
  picture: GrayImage,
  guarded: boolean,
  clientId: string
): Promise<Blackened> {
  const pages = await findOwnPages()
  if (!guarded && !pages.some((page) => page.secret)) return { kept: 'whole', jpeg }
  const own = await findOwnPages(clientId)
  const found = (await findByPrint(picture, own)) ?? (await findByPrint(picture, pages))
  if (!found) return guarded ? blurred(jpeg) : { kept: 'whole', jpeg }
  if (!found.ok) return blurred(jpeg)
  if (!guarded && !found.own.secret) return { kept: 'whole', jpeg }
  // Beside the sheet another may lie: what isn't this sheet is blackened as well.
  const { description } = found.form
  const { page: number } = found.own.code
  const toScan = inverse(found.page.homography)
  const boxes = (description.blackouts ?? []).filter((box) => box.page === number)
  const shapes = boxes.map((box) => polygonOf(box, toScan))
  const sheet = polygonOf({ page: number, x: 0, y: 0, ...description.pages[number - 1] }, toScan)
  return { kept: 'blackened', jpeg: await blackened(jpeg, picture, shapes, sheet) }
}

async function blackOutBoxes(
  jpeg: Buffer,
  picture: GrayImage,
  form: PaperForm,
  number: number,
  page: Registration
): Promise<Blackened> {
  const boxes = (form.description.blackouts ?? []).filter((box) => box.page === number)
  if (boxes.length === 0) return { kept: 'whole', jpeg }
  if (!page.ok) return blurred(jpeg)
  const shapes = boxes.map((box) => polygonOf(box, inverse(page.homography)))
  return { kept: 'blackened', jpeg: await blackened(jpeg, picture, shapes) }
}

async function blurred(jpeg: Buffer): Promise<Blackened> {
  const blur = await sharp(jpeg)
    .resize({ width: BLURRED, height: BLURRED, fit: 'inside' })
    .blur(1.5)
    .jpeg({ quality: 60 })
    .toBuffer()
  return { kept: 'blurred', jpeg: blur }
}

/** @param sheet of the page that is kept; without it all of the picture is */
function blackened(
  jpeg: Buffer,
  { width, height }: GrayImage,
  shapes: string[],
  sheet?: string
): Promise<Buffer> {
  const inside = shapes.map((points) => `<polygon points="${points}" fill="#000"/>`).join('')
  const outside = sheet
    ? `<path fill="#000" fill-rule="evenodd" d="M0,0H${width}V${height}H0Z M${sheet.replaceAll(' ', ' L')}Z"/>`
    : ''
  const polygons = inside + outside
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${polygons}</svg>`
  return sharp(jpeg)
    .composite([{ input: Buffer.from(svg) }])
    .grayscale()
    .toColourspace('b-w')
    .jpeg({ quality: 88 })
    .toBuffer()
}

/** The corners of a box in px of the scan, as SVG points. */
function polygonOf({ x, y, width, height }: Blackout, toScan: number[]): string {
  const [left, top] = [(x - AROUND) * SCALE, (y - AROUND) * SCALE]
  const right = (x + width + AROUND) * SCALE
  const bottom = (y + height + AROUND) * SCALE
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ]
    .map(([u, v]) => apply(toScan, [u, v]).join(','))
    .join(' ')
}
