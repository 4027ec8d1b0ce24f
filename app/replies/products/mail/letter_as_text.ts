import i18nManager from '@adonisjs/i18n/services/main'
import type { Letter } from '#app/replies/letter'

/** Words for paper, which nobody has in the hand who reads it on a screen. */
const NAMES_PAPER = /この(手紙|紙|はがき|お知らせ)/

/**
 * A letter as the plain text of a mail: the same words in the same order, without the address. Lines aren't broken: the
 * reader's program does that at the size at which she reads.
 */
export function letterAsText(letter: Letter): string {
  const { text, to, honorific, receipt, contact, date } = letter
  const words = i18nManager.locale('ja')
  const { sender, title, paragraphs, highlight, lead, items, closing } = text
  const isOfPaper = NAMES_PAPER.test(Object.values(text).flat().join('\n'))
  const lines = (...all: string[]) => all.filter((line) => line !== '').join('\n')
  const parts = [
    `${to.name} ${honorific ?? '様'}`,
    title,
    ...paragraphs,
    highlight === '' ? '' : lines(...highlight.split('\n').map((line) => `■ ${line}`)),
    lines(lead, ...items.map((item, index) => `${index + 1}. ${item}`)),
    ...closing,
    isOfPaper ? words.t('wishes.paper_is_mail') : '',
    lines(
      '----',
      sender,
      contact.office,
      words.t('wishes.mail_phone', { phone: contact.phone, hours: contact.hours }),
      receipt === '' ? '' : words.t('wishes.mail_receipt', { receipt }),
      date
    ),
  ]
  return parts.filter((part) => part.trim() !== '').join('\n\n')
}
