import vine from '@vinejs/vine'
import type { DescriptionPart } from '#app/catalog/description_part'
import { leavesOf } from '#app/catalog/leaves_of'
import { schemas } from '#app/catalog/schemas'

const { key, text } = schemas

/** The things that the list of a day shows. */
export const rosterPart: DescriptionPart = {
  name: 'roster',

  schema: () => ({
    roster: vine
      .object({
        fields: vine.array(key()),
        marked: vine.array(vine.object({ field: key(), option: vine.string(), label: text() })),
      })
      .optional(),
  }),

  fields: ({ roster }) => [
    ...(roster?.fields ?? []),
    ...(roster?.marked ?? []).map((one) => one.field),
  ],

  // No screen changes it: its parts are called as in the kit's files.
  outline: ({ roster }, { t }) =>
    roster ? [{ id: 'roster', title: t('studio.thing_roster'), parts: leavesOf(roster) }] : [],
}
