import vine from '@vinejs/vine'
import type { DescriptionPart } from '#app/catalog/description_part'
import { PERSON_FIELDS, type PersonFields } from '#app/catalog/description'

/** The part on the person who asks: which field tells what. */
export const personPart: DescriptionPart = {
  name: 'person',

  schema: () => {
    const fact = () => vine.string().optional()
    return {
      person: vine.object({
        kana: fact(),
        phone: fact(),
        watchword: fact(),
        askedBy: fact(),
        number: fact(),
        name: fact(),
        birthDate: fact(),
        postcode: fact(),
        address: fact(),
        typeSize: fact(),
        wants: fact(),
      } satisfies Record<keyof PersonFields, unknown>),
    }
  },

  fields: ({ person }) => Object.values(person),

  screen: (_files, { t }) => ({
    title: 'studio.rules',
    links: [{ path: 'rules', text: t('studio.rules') }],
  }),

  outline: ({ person }, { t, labelOf }) => [
    {
      id: 'rules',
      title: t('studio.rules'),
      parts: PERSON_FIELDS.map((fact): [string, string] => [
        t(`studio.person_${fact}`),
        labelOf(person[fact]),
      ]),
    },
  ],
}
