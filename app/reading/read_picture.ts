import { kindOf } from '#app/catalog/field_values'
import type { Field, Zone } from '#app/catalog/description'
import type { FormCode } from '#app/catalog/form_code'
import type { GrayImage } from '#app/reading/gray_image'
import { levelLight } from '#app/reading/level_light'
import type { OfferRules } from '#app/reading/offer_rules'
import { findByPrint, type FindOwn } from '#app/reading/own_forms'
import { OWN_PRINT, printShare, type LaidOut } from '#app/reading/own_print'
import type { FindForm, PaperForm } from '#app/reading/paper_form'
import { readField, type Doubt, type FieldReading } from '#app/reading/read_field'
import { readWriting } from '#app/reading/read_writing'
import { readFormCode } from '#app/reading/read_form_code'
import type { Recognizer } from '#app/reading/recognizer'
import { registerPage, type Registered } from '#app/reading/register_page'

/** A reason why a page can't be read by itself: a person then says what it is. */
export type UnreadReason =
  | 'no_code'
  | 'foreign_code'
  | 'unknown_version'
  | 'too_few_markers'
  | 'two_forms'
  | 'bad_fit'
  | 'wrong_size'
  | 'wrong_form'
  | 'upside_down'
  | 'alike'
  | 'unreadable'

/** The form, version, page and copy that a page is. */
export type ReadCode = Omit<FormCode, 'installation'>

export type PictureResult =
  | { ok: true; code: ReadCode; page: Registered; fields: FieldReading[] }
  | { ok: false; reason: UnreadReason }

/** From so many fields on, read with less than this, and better by so much the other way round. */
const TURNED = { fields: 2, unreadable: 0.65, gain: 0.2 }

/** The tools that reading needs beside the picture. */
export interface Reader {
  find: FindForm
  /** pages of forms that bear no code of ours */
  own?: FindOwn
  recognizer: Recognizer
  rules: OfferRules
  /** what fields say of each other: a postcode and its address */
  check?: (
    fields: Field[],
    value: (key: string) => string
  ) => Promise<Partial<Record<string, Doubt>>>
}

/**
 * Reads one page, step by step: which form? where are its corners, and how well do they fit? is the print on it the
 * form's own? what stands in its boxes?
 * @param dpi of the picture, where its file tells
 */
export async function readPicture(
  picture: GrayImage,
  reader: Reader,
  dpi: number | null = null
): Promise<PictureResult> {
  const code = await readFormCode(picture)
  if (!code.ok) {
    const own = code.reason === 'two_forms' ? null : await readOwn(picture, reader, dpi)
    return own ?? { ok: false, reason: code.reason }
  }
  const form = await reader.find(code.code)
  if (!form || code.code.page > form.description.pageCount)
    return { ok: false, reason: 'unknown_version' }
  const page = await registerPage(picture, dpi)
  if (!page.ok) return page
  const fields = await readFields(page.image, form, code.code.page, reader)
  return fields.ok ? { ok: true, code: code.code, page, fields: fields.fields } : fields
}

/** Reads a page of a city's own form; null where it is none. */
async function readOwn(
  picture: GrayImage,
  reader: Reader,
  dpi: number | null
): Promise<PictureResult | null> {
  const found = await findByPrint(picture, (await reader.own?.()) ?? [], dpi)
  if (!found) return null
  if (!found.ok) return found
  const { own, form, page } = found
  const fields = await readFields(page.image, form, own.code.page, reader)
  return fields.ok ? { ok: true, code: own.code, page, fields: fields.fields } : fields
}

/** Reads every field that stands on a page of the form. */
export async function readFields(
  image: GrayImage,
  form: PaperForm,
  number: number,
  { recognizer, rules, check }: Omit<Reader, 'find' | 'own'>
): Promise<{ ok: true; fields: FieldReading[] } | { ok: false; reason: UnreadReason }> {
  const laidOut: LaidOut = { page: levelLight(image), blank: await form.blank(number) }
  if (printShare(laidOut) < OWN_PRINT) return { ok: false, reason: 'wrong_form' }
  const { zones, groups } = form.description
  const ofPage = zones.filter((zone) => zone.page === number)
  const fields = groups
    .flatMap((group) => group.fields)
    .filter((field) => ofPage.some((zone) => zone.field === field.key))
  const read = await Promise.all(
    fields.map((field) =>
      readField(
        laidOut,
        field,
        ofPage.filter((zone) => zone.field === field.key),
        recognizer,
        rules
      )
    )
  )
  const upsideDown = await isUpsideDown(laidOut, fields, ofPage, read, recognizer)
  if (upsideDown) return { ok: false, reason: 'upside_down' }
  const doubts = await check?.(fields, (key) => read.find((one) => one.key === key)?.value ?? '')
  return { ok: true, fields: read.map((one) => withDoubt(one, doubts?.[one.key])) }
}

/** A reading that another field speaks against is asked. */
function withDoubt(reading: FieldReading, doubt: Doubt | undefined): FieldReading {
  return doubt ? { ...reading, decision: 'ask', reason: reading.reason ?? doubt } : reading
}

/** Writing that can't be read as it stands, but the other way round: the form was turned when it was filled in. */
async function isUpsideDown(
  laidOut: LaidOut,
  fields: Field[],
  zones: Zone[],
  read: FieldReading[],
  recognizer: Recognizer
): Promise<boolean> {
  const written = read.filter(
    (one, index) => tellsWhichWayUp(fields[index]) && one.candidates.length > 0
  )
  const mean = (confidences: number[]) =>
    confidences.reduce((sum, one) => sum + one, 0) / confidences.length
  const upright = mean(written.map((one) => one.confidence))
  if (written.length < TURNED.fields || upright > TURNED.unreadable) return false
  const turned = await Promise.all(
    written.map(({ key }) => {
      const { reading } = kindOf(fields.find((field) => field.key === key)!)
      const own = zones.filter((zone) => zone.field === key)
      return readWriting(laidOut, own, reading, recognizer, true)
    })
  )
  return mean(turned.map((one) => one.confidence)) > upright + TURNED.gain
}

/** Of digits nobody can tell it: some stand on their heads. */
function tellsWhichWayUp(field: Field): boolean {
  const { reading } = kindOf(field)
  return reading.of === 'kana' || (reading.of === 'writing' && reading.asWritten)
}
