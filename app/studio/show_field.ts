import { fieldKinds } from '#app/catalog/fields/field_kind'
import type { HttpContext } from '@adonisjs/core/http'
import { PERSON_FIELDS, type Field, type ServiceFiles } from '#app/catalog/description'
import { examplesByField } from '#app/catalog/keying_guide'
import { inEnglish } from '#app/catalog/in_english'
import { isNeeded } from '#app/studio/edit_draft'
import type ServiceDraft from '#app/studio/service_draft'
import { notFound } from '#app/core/not_found'

/** Stands in an address for the key of a field or group that isn't there yet. */
export const NEW_KEY = 'new'

/** A refusal on the screen of a field, and what had been typed. */
interface Refused {
  problem: string | null
  typed?: Record<string, unknown>
  /** what had been typed of an example for the keying guide */
  example?: Record<string, unknown>
}

/** Renders the screen of a field that the address names: as it is, or as it was typed. */
export async function showField(
  { view, params, request }: HttpContext,
  { slug, files }: ServiceDraft,
  refused?: Refused
) {
  const key: string = params.key
  const group = files.groups.find((one) => one.fields.some((field) => field.key === key))
  const field = group?.fields.find((one) => one.key === key)
  if (!field && key !== NEW_KEY) return notFound({ request })
  return view.render('studio/field', {
    slug,
    key,
    isNew: !field,
    groups: files.groups,
    kinds: fieldKinds.all(),
    typed: refused?.typed ?? (field ? typedOf(field, group!.key, files) : {}),
    problem: refused?.problem,
    refused: refused?.typed ? 'field' : refused?.example ? 'example' : null,
    example: refused?.example ?? {},
    examples: examplesByField(files.guide)[key] ?? [],
    needed: isNeeded(files, key),
    tells: PERSON_FIELDS.filter((fact) => files.person[fact] === key),
  })
}

function typedOf(
  field: Field,
  group: string,
  { guide: { fields } }: ServiceFiles
): Record<string, unknown> {
  const guide = fields[field.key]
  return {
    ...field,
    group,
    label: field.label.ja,
    label_en: inEnglish(field.label),
    hint: field.hint?.ja,
    hint_en: inEnglish(field.hint),
    guide: guide?.ja,
    guide_en: inEnglish(guide),
    options: field.options
      ?.map(({ value, label }) => [value, label.ja, inEnglish(label) ?? []].flat().join(', '))
      .join('\n'),
  }
}
