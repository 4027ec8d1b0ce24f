import type { I18n } from '@adonisjs/i18n'

/** Problems that have words of this room; of other ones, what the table's reader says. */
const OWN = [
  'stopped',
  'elsewhere',
  'maybe_stopped',
  'no_number',
  'window',
  'unreadable',
  'required',
  'place',
  'no_option',
]

/** Says in words why a row is held: `column: problem`, or a problem alone. */
export function reasonWords(i18n: I18n, reason: string): string {
  const at = reason.indexOf(': ')
  const [part, problem] = at < 0 ? ['', reason] : [reason.slice(0, at), reason.slice(at + 2)]
  if (part === 'characters') return i18n.t('mailings.row_characters', { character: problem })
  if (part === 'pages') return i18n.t('mailings.row_pages', { pages: problem })
  if (part === 'duplicate') return i18n.t('mailings.row_duplicate', { row: problem })
  const words = OWN.includes(problem)
    ? i18n.t(`mailings.row_${problem}`)
    : i18n.t(`problems.${problem}`)
  return part ? `${i18n.t(`mailings.part_${part}`, {}, part)}: ${words}` : words
}
