import type { Contact, LetterText } from '#app/catalog/description'
import type { PersonFacts } from '#app/submissions/search_tokens'
import { PLACEHOLDERS, type Placeholders } from '#app/catalog/letter_placeholders'

/** Sizes of type in which people get their letters (points). */
export const TYPE_SIZES = [12, 14, 18, 22] as const
type TypeSize = (typeof TYPE_SIZES)[number]

/** Everything that is printed on one letter: filled in and frozen. */
export interface Letter {
  text: LetterText
  /** 令和8年11月27日; the day on which it is posted stands for it when it is printed */
  date: string
  to: { postcode: string; address: string; name: string }
  /** where mail goes instead of the address that was written, as it was known then (JSON) */
  redirectedTo?: string
  /** how whoever it goes to is addressed; 様 where nothing is said */
  honorific?: string
  /** empty where it answers nothing */
  receipt: string
  /** whom it is for, of a list: by this it is asked whether it may go */
  person?: PersonFacts
  contact: Contact
  /** the form behind it, and what comes into its places, by their words */
  enclosed?: { form: string; values: Record<string, string> }
  /** points */
  size: TypeSize | 24
}

/** A light notice, which bears no number of its own. */
export const OFFICE_NOTE = '事務連絡'

/** Whether a letter bears a document number 文書番号. The city's document system gives it, when the run is printed. */
export function isNumbered({ text }: { text: Pick<LetterText, 'documentNumber'> }): boolean {
  return text.documentNumber !== '' && text.documentNumber !== OFFICE_NOTE
}

/** Replaces placeholders of the allow-list; anything else in braces is left as it stands and never run. */
export function fill(text: LetterText, values: Placeholders): LetterText {
  const one = (line: string) =>
    line.replace(/\{([a-z]+)\}/g, (whole, name) =>
      PLACEHOLDERS.includes(name) ? values[name as keyof Placeholders] : whole
    )
  return {
    // The city's number comes when it is printed.
    documentNumber: text.documentNumber,
    sender: one(text.sender),
    title: one(text.title),
    paragraphs: text.paragraphs.map(one),
    highlight: one(text.highlight),
    lead: one(text.lead),
    items: text.items.map(one),
    closing: text.closing.map(one),
  }
}
