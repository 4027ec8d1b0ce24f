import type { Description } from '#app/catalog/description'
import { typeset } from '#app/core/typesetter'

/**
 * The specification sheet (仕様書) for the contract with a client: which fields are keyed by which rules, who may key
 * them where, which bases are enough, what is answered.
 */
export async function specificationOf(
  description: Omit<Description, 'pages' | 'printHash' | 'zones' | 'areas' | 'pageCount'>,
  version: number
): Promise<Buffer> {
  const { pdf } = await typeset('specification.typ', {
    name: description.name.ja,
    slug: description.slug,
    version,
    office: description.contact.office,
    homeWorkAgreed: description.homeWorkAgreed,
    bases: description.enoughBases,
    groups: description.groups.map((group) => ({
      label: group.label.ja,
      page: group.page,
      home: group.home,
      fields: group.fields.map((field) => ({
        key: field.key,
        kind: field.kind,
        label: field.label.ja,
        required: field.required,
        rule: description.guide.fields[field.key]?.ja ?? '',
        options: (field.options ?? []).map((option) => option.label.ja).join('・'),
      })),
    })),
    general: description.guide.general.ja,
    letters: Object.values(description.replies.letters).map((letter) => letter.title),
  })
  return pdf
}
