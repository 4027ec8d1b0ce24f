import db from '@adonisjs/lucid/services/db'
import sharp from 'sharp'
import type { Blackout } from '#app/catalog/description'
import { parseFormCode } from '#app/catalog/form_code'
import { marginNumbers } from '#app/intake/margin_numbers'
import { unreadable } from '#app/intake/unreadable'
import { allCodesIn } from '#app/reading/bar_codes'
import { openPicture, type Box, type GrayImage } from '#app/reading/gray_image'
import { findByPrint, findLikelyPages, findOwnPages } from '#app/reading/own_forms'
import { findForm, type PaperForm } from '#app/reading/paper_form'
import { apply, inverse } from '#app/reading/homography'
import { readFormCode } from '#app/reading/read_form_code'
import { registerPage, type Registration } from '#app/reading/register_page'
import { SCALE } from '#app/reading/registered_page'

/** mm around a box that are blackened with it: figures run over frames */
const AROUND = 3
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

/** Whether anybody's form in this installation bears a My Number: then a page that can't be told may be one of them. */
export async function numbersAbound(): Promise<boolean> {
  const row = await db
    .from('service_versions')
    .whereRaw("jsonb_array_length(coalesce(description->'blackouts', '[]')) > 0")
    .select('id')
    .first()
  return row !== null
}

/** The client and the service that a page was handed in for. */
export interface HandedIn {
  clientId: string
  serviceId: string | null
  /** whether its client has forms that bear a My Number, and whether anybody has */
  guarded: boolean
  numbersAbound: boolean
}

/**
 * Blackens the My Number box in the picture of a page, as it came in, whoever's post it came with, and whatever may be
 * such a number beside it; so is every code that isn't ours (the QR code on the back of a card holds the number). A page
 * that fits none of the forms of its service and may bear one (an attachment, a bad copy, two sheets at once, something
 * handed in for another service) is kept as pieces that nobody can read: a person on site decides with the paper in hand.
 */
export async function blackOut(jpeg: Buffer, handedIn: HandedIn): Promise<Blackened> {
  if (!handedIn.guarded && !handedIn.numbersAbound) return { kept: 'whole', jpeg }
  const picture = await openPicture(jpeg)
  const kept = await blackOutNumber(jpeg, picture, handedIn)
  return kept.kept === 'blurred' ? kept : withoutCodes(kept, picture)
}

async function blackOutNumber(
  jpeg: Buffer,
  picture: GrayImage,
  handedIn: HandedIn
): Promise<Blackened> {
  const code = await readFormCode(picture)
  if (!code.ok && code.reason !== 'two_forms') return blackOutByPrint(jpeg, picture, handedIn)
  const codes = code.ok ? [code.code] : code.codes
  const forms = await Promise.all(codes.map(findForm))
  const bears = forms.some((form) => (form?.description.blackouts ?? []).length > 0)
  if (!handedIn.guarded && !bears) return { kept: 'whole', jpeg }
  const page = await registerPage(picture)
  const [form] = forms
  if (!code.ok || !form || (!page.ok && page.reason === 'two_forms')) return blurred(jpeg, picture)
  return blackOutBoxes(jpeg, picture, form, code.code.page, page)
}

/** A page without a code of ours that can be read: one of the forms by its print, or something that nobody knows. */
async function blackOutByPrint(
  jpeg: Buffer,
  picture: GrayImage,
  { clientId, serviceId }: HandedIn
): Promise<Blackened> {
  const own = await findOwnPages(clientId)
  const found =
    (own.length > 0 ? await findByPrint(picture, own) : null) ??
    (await findByPrint(picture, [...(await findOwnPages()), ...(await findLikelyPages(serviceId))]))
  if (!found || !found.ok) return blurred(jpeg, picture)
  if (!found.own.secret) return { kept: 'whole', jpeg }
  // Beside the sheet another may lie: what isn't this sheet is blackened as well.
  const { description } = found.form
  const { page: number } = found.own.code
  const toScan = inverse(found.page.homography)
  const boxes = (description.blackouts ?? []).filter((box) => box.page === number)
  const rows = await marginNumbers(found.form, number, found.page.image)
  const shapes = [
    ...boxes.map((box) => polygonOf(box, toScan)),
    ...rows.map((box) => polygonOfPx(box, toScan)),
  ]
  const sheet = polygonOf({ page: number, x: 0, y: 0, ...description.pages[number - 1] }, toScan)
  return { kept: 'blackened', jpeg: await blackened(jpeg, picture, shapes, sheet) }
}

/** The picture without codes that aren't ours. */
async function withoutCodes(kept: Blackened, picture: GrayImage): Promise<Blackened> {
  const foreign = (await allCodesIn(picture)).filter(
    ({ text }) => parseFormCode(text) === null && !text.startsWith('HWS/')
  )
  if (foreign.length === 0) return kept
  const shapes = foreign.map(({ box }) => {
    const around = Math.max(4, 0.06 * Math.max(box.width, box.height))
    const [left, top] = [box.left - around, box.top - around]
    const [right, bottom] = [box.left + box.width + around, box.top + box.height + around]
    return `${left},${top} ${right},${top} ${right},${bottom} ${left},${bottom}`
  })
  return { kept: 'blackened', jpeg: await blackened(kept.jpeg, picture, shapes) }
}

async function blackOutBoxes(
  jpeg: Buffer,
  picture: GrayImage,
  form: PaperForm,
  number: number,
  page: Registration
): Promise<Blackened> {
  const { blackouts = [] } = form.description
  if (blackouts.length === 0) return { kept: 'whole', jpeg }
  if (!page.ok) return blurred(jpeg, picture)
  const boxes = blackouts.filter((box) => box.page === number)
  const toScan = inverse(page.homography)
  const rows = await marginNumbers(form, number, page.image)
  if (boxes.length === 0 && rows.length === 0) return { kept: 'whole', jpeg }
  const shapes = [
    ...boxes.map((box) => polygonOf(box, toScan)),
    ...rows.map((box) => polygonOfPx(box, toScan)),
  ]
  return { kept: 'blackened', jpeg: await blackened(jpeg, picture, shapes) }
}

async function blurred(jpeg: Buffer, picture: GrayImage): Promise<Blackened> {
  return { kept: 'blurred', jpeg: await unreadable(jpeg, picture) }
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
  return polygonOfPx(
    {
      left: (x - AROUND) * SCALE,
      top: (y - AROUND) * SCALE,
      width: (width + 2 * AROUND) * SCALE,
      height: (height + 2 * AROUND) * SCALE,
    },
    toScan
  )
}

/** The same of a box in px of the laid-out page. */
function polygonOfPx({ left, top, width, height }: Box, toScan: number[]): string {
  const [right, bottom] = [left + width, top + height]
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ]
    .map(([u, v]) => apply(toScan, [u, v]).join(','))
    .join(' ')
}
