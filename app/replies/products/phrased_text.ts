import type { LetterText } from '#app/catalog/description'
import { phrasedLines } from '#app/core/phrases'

/** A letter's text as lines of phrases, as the templates take it; nothing is an empty list. */
export function phrasedText(text: LetterText) {
  const one = (part: string) => (part === '' ? [] : phrasedLines(part))
  return {
    sender: one(text.sender),
    title: one(text.title),
    paragraphs: text.paragraphs.map(one),
    highlight: one(text.highlight),
    lead: one(text.lead),
    items: text.items.map(one),
    closing: text.closing.map(one),
  }
}
