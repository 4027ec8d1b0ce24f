import type { FormCode } from '#app/catalog/form_code'
import type { Description } from '#app/catalog/description'
import type { GrayImage } from '#app/recognition/gray_image'
import { readField, type FieldReading } from '#app/recognition/read_field'
import { readFormCode } from '#app/recognition/read_form_code'
import type { Recognizer } from '#app/recognition/recognizer'
import { registerPage, type Registered } from '#app/recognition/register_page'

/** Why a page can't be read by itself: a person then says what it is. */
export type UnreadReason =
  'no_code' | 'foreign_code' | 'unknown_version' | 'too_few_markers' | 'bad_fit' | 'unreadable'

export type PictureResult =
  | { ok: true; code: FormCode; page: Registered; fields: FieldReading[] }
  | { ok: false; reason: UnreadReason }

/** Finds the description that a form's code names; null when there is none. */
export type FindDescription = (code: FormCode) => Promise<Description | null>

/** Reads one page: which form? where are its corners? what stands in its boxes? */
export async function readPicture(
  picture: GrayImage,
  find: FindDescription,
  recognizer: Recognizer
): Promise<PictureResult> {
  const code = await readFormCode(picture)
  if (!code.ok) return code
  const description = await find(code.code)
  if (!description || code.code.page > description.pageCount)
    return { ok: false, reason: 'unknown_version' }
  const page = await registerPage(picture)
  if (!page.ok) return page
  return {
    ok: true,
    code: code.code,
    page,
    fields: await readFields(page.image, description, code.code.page, recognizer),
  }
}

/** Reads every field that stands on a page of the form. */
export async function readFields(
  page: GrayImage,
  description: Description,
  number: number,
  recognizer: Recognizer
): Promise<FieldReading[]> {
  const zones = description.zones.filter((zone) => zone.page === number)
  const fields = description.groups
    .flatMap((group) => group.fields)
    .filter((field) => zones.some((zone) => zone.field === field.key))
  return Promise.all(
    fields.map((field) =>
      readField(
        page,
        field,
        zones.filter((zone) => zone.field === field.key),
        recognizer
      )
    )
  )
}
