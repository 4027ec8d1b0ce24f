import { FORM_GEOMETRY, MARKERS } from '#app/catalog/form_geometry'
import { formCodeText } from '#app/catalog/form_code'
import type { FilledIn } from '#app/catalog/on_paper'
import type { ServiceFiles } from '#app/catalog/description'
import { kindOf } from '#app/catalog/field_values'
import { qrSvg } from '#app/core/qr_code'
import { FOLDED, WINDOW } from '#app/core/window_envelope'
import { typeset, type Typeset } from '#app/core/typesetter'

/** A form too long: what stands on one side of it needs more room than it has. */
export class FormTooLong extends Error {
  /** @param pdf the form as it is, with pages that it shouldn't have */
  constructor(
    slug: string,
    readonly pdf: Buffer
  ) {
    super(`The form of ${slug} doesn't fit: move a group to another page, or make boxes lower.`)
  }
}

/**
 * Typesets a service's paper form. One copy for each id in `copies`; marks labeled "zone" say where
 * every box lies.
 * @param filled what is printed into the boxes of every copy, for somebody who is known
 * @param example it is an example of how to fill it in, and bears no code
 * @throws {FormTooLong}
 */
export async function typesetForm(
  service: ServiceFiles,
  version: number,
  copies: string[],
  filled: FilledIn[] = [],
  example = false
): Promise<Typeset> {
  const pages = Math.max(...service.groups.map((group) => group.page))
  const codeOf = async (page: number, copy: string) =>
    example ? '' : qrSvg(formCodeText({ service: service.slug, version, page, copy }))
  const codes = await Promise.all(
    copies.map((copy) =>
      Promise.all(Array.from({ length: pages }, (_, index) => codeOf(index + 1, copy)))
    )
  )
  const form = await typeset('form.typ', {
    title: service.form.title.ja,
    intro: service.form.intro.ja,
    closing: service.form.closing.ja,
    contact: service.contact,
    numberBox: service.form.numberBox ?? null,
    furigana: service.form.furigana ?? [],
    returnPanel: service.form.returnAddress ? { folded: FOLDED, window: WINDOW } : null,
    filled,
    groups: service.groups.map((group) => ({
      ...group,
      fields: group.fields.map((field) => ({ ...field, paper: kindOf(field).paper })),
    })),
    markers: MARKERS,
    geometry: FORM_GEOMETRY,
    copies: codes,
  })
  if (form.pages !== pages * copies.length) throw new FormTooLong(service.slug, form.pdf)
  return form
}
