import type { DescriptionPart } from '#app/catalog/description_part'
import { CALL_WORDS } from '#app/catalog/script_steps'
import { KitRefused } from '#app/catalog/kit_refused'
import { schemas } from '#app/catalog/schemas'
import { asksSecrets } from '#app/catalog/spoken_script'
import { unknownPlaceholder } from '#app/catalog/unknown_placeholder'

/** The script of what is said when somebody is called. */
export const callScriptPart: DescriptionPart = {
  name: 'call script',
  file: { name: 'call_script.json', holds: 'callScript' },
  schema: () => ({ callScript: schemas.script() }),

  check({ callScript }) {
    const said = [...callScript.ja, ...callScript.en]
    const secret = asksSecrets(said)
    if (secret)
      throw new KitRefused('asks_secrets', secret, 'callers of the city never ask for this')
    const word = unknownPlaceholder(said, CALL_WORDS)
    if (word) throw new KitRefused('unknown_word', word, 'nobody fills this in')
  },

  outline: ({ callScript }, { t, inBoth }) => [
    {
      id: 'call script',
      title: t('studio.call_script'),
      parts: inBoth(t('studio.call_script'), callScript),
    },
  ],
}
