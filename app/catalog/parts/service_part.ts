import vine from '@vinejs/vine'
import type { DescriptionPart } from '#app/catalog/description_part'
import { BASES } from '#app/catalog/description'
import { KitRefused } from '#app/catalog/kit_refused'
import { listed } from '#app/catalog/outline'
import { schemas } from '#app/catalog/schemas'

const { page, text } = schemas

/** The office that people turn to, as files say it. */
export const contactSchema = () =>
  vine.object({
    city: vine.string(),
    office: vine.string(),
    postcode: vine.string(),
    address: vine.string(),
    phone: vine.string(),
    fax: vine.string(),
    hours: vine.string(),
  })

/** The part on the service: its name, whose it is, and what stands around the boxes of its form. */
export const servicePart: DescriptionPart = {
  name: 'service',

  schema: () => ({
    slug: vine.string().regex(/^[a-z][a-z0-9-]*$/),
    client: vine.string(),
    name: text(),
    homeWorkAgreed: vine.boolean(),
    enoughBases: vine.array(vine.enum(BASES)),
    contact: contactSchema(),
    form: vine.object({
      title: text(),
      intro: text(),
      closing: text(),
      numberBox: vine.object({ page: page(), label: text() }).optional(),
      furigana: vine
        .array(
          vine.object({ word: vine.string().minLength(1), reading: vine.string().minLength(1) })
        )
        .optional(),
      returnAddress: vine.boolean().optional(),
    }),
  }),

  check({ form, contact }) {
    if (form.returnAddress && (!contact.postcode || !contact.address))
      throw new KitRefused('no_return_address', contact.office, 'nobody knows where to return it')
  },

  outline(files, { t, yes, labelOf, inBoth }) {
    const { form } = files
    return [
      {
        id: 'service',
        title: t('studio.thing_service'),
        parts: [
          ...inBoth(t('studio.name'), files.name),
          [t('studio.client'), files.client],
          [t('clients.home_work'), yes(files.homeWorkAgreed)],
          [
            t('studio.thing_groups'),
            listed(files.groups.map((group) => labelOf(`group.${group.key}`))),
          ],
          [t('studio.bases'), listed(files.enoughBases.map((basis) => t(`bases.${basis}`)))],
        ],
      },
      {
        id: 'paper',
        title: t('studio.paper_words'),
        parts: [
          ...inBoth(t('studio.paper_title'), form.title),
          ...inBoth(t('studio.intro'), form.intro),
          ...inBoth(t('studio.closing'), form.closing),
          [t('studio.furigana'), listed(form.furigana?.map((one) => `${one.word}=${one.reading}`))],
          [t('studio.return_address'), yes(form.returnAddress)],
          ...inBoth(t('paper.secret'), form.numberBox?.label),
          [t('studio.on_page'), String(form.numberBox?.page ?? '')],
          ...Object.entries(files.contact).map(([part, says]): [string, string] => [
            t(`studio.contact_${part}`),
            says,
          ]),
        ],
      },
    ]
  },
}
