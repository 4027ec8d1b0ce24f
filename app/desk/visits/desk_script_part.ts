import vine from '@vinejs/vine'
import type { DescriptionPart } from '#app/catalog/description_part'
import { DESK_WORDS, SCRIPT_STEPS } from '#app/catalog/script_steps'
import { KitRefused } from '#app/catalog/kit_refused'
import { schemas } from '#app/catalog/schemas'
import { unknownCondition, unknownPlaceholder } from '#app/catalog/unknown_placeholder'

/** The script of what is said while somebody is helped, by step of the visit. */
export const deskScriptPart: DescriptionPart = {
  name: 'desk script',
  file: { name: 'desk_script.json', holds: 'deskScript', optional: true },

  schema: () => ({
    deskScript: vine
      .object({
        asker: schemas.script().optional(),
        person: schemas.script().optional(),
        details: schemas.script().optional(),
        slots: schemas.script().optional(),
        read_back: schemas.script().optional(),
        done: schemas.script().optional(),
        no_slots: schemas.script().optional(),
        waiting: schemas.script().optional(),
      })
      .optional(),
  }),

  check({ deskScript = {} }) {
    const said = Object.values(deskScript).flatMap(({ ja, en }) => [...ja, ...en])
    const word = unknownPlaceholder(said, DESK_WORDS) ?? unknownCondition(said)
    if (word) throw new KitRefused('unknown_word', word, 'nobody fills this in')
  },

  outline: ({ deskScript }, { t, inBoth }) => [
    {
      id: 'desk script',
      title: t('studio.thing_scripts'),
      parts: SCRIPT_STEPS.flatMap((step) => inBoth(t(`desk.step_${step}`), deskScript?.[step])),
    },
  ],
}
