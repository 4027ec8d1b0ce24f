import vine from '@vinejs/vine'
import type { DescriptionPart } from '#app/catalog/description_part'
import { KitRefused } from '#app/catalog/kit_refused'
import { PLACEHOLDERS } from '#app/catalog/letter_placeholders'
import { listed } from '#app/catalog/outline'
import { unknownPlaceholder } from '#app/catalog/unknown_placeholder'

/** A service's answers, letter by letter. */
export const lettersPart: DescriptionPart = {
  name: 'letters',
  file: { name: 'replies.json', holds: 'replies' },

  schema: () => ({
    replies: vine.object({
      version: vine.number(),
      letters: vine.record(
        vine.object({
          documentNumber: vine.string(),
          sender: vine.string(),
          title: vine.string(),
          paragraphs: vine.array(vine.string()),
          highlight: vine.string(),
          lead: vine.string(),
          items: vine.array(vine.string()),
          closing: vine.array(vine.string()),
        })
      ),
      mailed: vine.array(vine.string()).optional(),
    }),
  }),

  check({ replies }) {
    const said = Object.values(replies.letters).flatMap((letter) => Object.values(letter).flat())
    const word = unknownPlaceholder(said, PLACEHOLDERS)
    if (word) throw new KitRefused('unknown_word', word, 'nobody fills this in')
    const unwritten = replies.mailed?.find((kind) => !replies.letters[kind])
    if (unwritten) throw new KitRefused('unknown_word', unwritten, 'there is no such letter')
  },

  screen: ({ replies }) => ({
    title: 'studio.letters',
    links: Object.entries(replies.letters).map(([kind, letter]) => ({
      path: `letters/${kind}`,
      text: letter.title,
    })),
  }),

  outline: ({ replies }, { t }) => [
    {
      id: 'letters',
      title: t('studio.letters'),
      parts: [[t('studio.replies_version'), String(replies.version)]],
    },
    ...Object.entries(replies.letters).map(([kind, letter]) => ({
      id: `letter.${kind}`,
      title: t('studio.letter', { title: letter.title }),
      parts: [
        ...Object.entries(letter).map(([part, says]): [string, string] => [
          t(`studio.letter_${part}`),
          listed(says),
        ]),
        ...(replies.mailed?.includes(kind)
          ? [[t('studio.letter_mailed'), t('studio.letter_mailed_yes')] as [string, string]]
          : []),
      ],
    })),
  ],
}
