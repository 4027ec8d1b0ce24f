import vine from '@vinejs/vine'
import type { DescriptionPart } from '#app/catalog/description_part'
import { handoverFields, handoverRules, rulesOf } from '#app/catalog/handover_rules'
import { KitRefused } from '#app/catalog/kit_refused'
import { leavesOf } from '#app/catalog/leaves_of'

/** To which digital service it goes, and what that one must be told. */
export const handoverPart: DescriptionPart = {
  name: 'handover',

  /** Builds the schema: which connector it is decides what else must be there. */
  schema: () => ({
    handover: vine.object({}).merge(
      vine.group([
        ...handoverRules.all().map((rules) =>
          vine.group.if((data) => data.connector === rules.name, {
            connector: vine.literal(rules.name),
            ...rules.schema(),
          })
        ),
        vine.group.else({ connector: vine.enum(handoverRules.all().map((rules) => rules.name)) }),
      ])
    ),
  }),

  fields: ({ handover }) => handoverFields(handover),

  check(files) {
    const rules = rulesOf(files.handover)
    const unknown = rules.facts(files.handover).find((fact) => !files.person[fact])
    if (unknown) throw new KitRefused('person_unknown', unknown, 'no field tells this')
    rules.check(files)
  },

  // No screen changes it: its parts are called as in the kit's files.
  outline: ({ handover }, { t }) => [
    { id: 'handover', title: t('studio.thing_handover'), parts: leavesOf(handover) },
  ],
}
