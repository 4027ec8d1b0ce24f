import type Template from '#app/mailings/templates/template'
import { templateOf } from '#app/mailings/templates/template_versions'
import type EnclosedForm from '#app/replies/enclosures/enclosed_form'
import { wordsOf } from '#app/replies/enclosures/form_place'
import { addresseeWord } from '#app/replies/compose/row_columns'
import { plainHeading } from '#app/core/tables/find_headings'

/** Lists the words of a letter and its form. */
export async function wordsBeside(
  { id, newest }: Template,
  { places }: EnclosedForm
): Promise<string[]> {
  const { fields } = await templateOf({ templateId: id, templateVersion: newest })
  return [...fields, ...wordsOf(places)].map(({ name }) => name)
}

/**
 * Returns the word that a column has already: a list's heading fills one thing. Who the letter goes to is 氏名, 住所 and
 * 郵便番号, whatever else lists call them.
 */
export function knownWord(word: string, known: string[]): string {
  const own = plainHeading(word)
  return addresseeWord(word) ?? known.find((one) => plainHeading(one) === own) ?? word
}
