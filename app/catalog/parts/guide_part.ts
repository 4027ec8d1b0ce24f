import vine from '@vinejs/vine'
import type { DescriptionPart } from '#app/catalog/description_part'
import { MAX_PICTURES } from '#app/catalog/guide_pictures'
import { schemas } from '#app/catalog/schemas'

const { key, script, text } = schemas

/** The keying guide: how the form is keyed, with pictures. */
export const guidePart: DescriptionPart = {
  name: 'guide',
  file: { name: 'keying_guide.json', holds: 'guide' },

  schema: () => ({
    guide: vine.object({
      general: script(),
      fields: vine.record(text()),
      examples: vine
        .array(
          vine.object({
            field: key(),
            picture: vine.string().regex(/^[\w-]+\.png$/),
            key: vine.string().maxLength(200),
            why: text().optional(),
          })
        )
        .maxLength(MAX_PICTURES)
        .optional(),
    }),
  }),

  fields: ({ guide }) => [
    ...Object.keys(guide.fields),
    ...(guide.examples ?? []).map((example) => example.field),
  ],

  outline: ({ guide }, { t, labelOf, inBoth }) => [
    {
      id: 'guide',
      title: t('studio.guide_general'),
      parts: [
        ...inBoth(t('studio.guide_general'), guide.general),
        ...(guide.examples ?? []).flatMap(({ field, key: keyed, picture, why }) =>
          inBoth(`${t('studio.examples')} ${labelOf(field)} ${picture}`, {
            ja: `${keyed} ${why?.ja ?? ''}`.trim(),
            en: why?.en,
          })
        ),
      ],
    },
  ],
}
