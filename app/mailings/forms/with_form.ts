import { wordsOf, type FormPlace } from '#app/replies/enclosures/form_place'
import {
  placeholdersIn,
  TO_WORDS,
  type LetterTemplate,
} from '#app/replies/templates/letter_template'

/** Puts a form behind a template's letters, or none: its words are columns of their lists, too. */
export function withForm(
  template: LetterTemplate,
  form: { id: string; places: FormPlace[] } | null
): LetterTemplate {
  const inText = placeholdersIn(template.text)
  const own = template.fields
    .filter(({ name }) => inText.includes(name))
    .map((field) => ({ ...field, onForm: undefined }))
  if (!form) return { ...template, fields: own, enclosure: undefined }
  const words = wordsOf(form.places).filter(({ name }) => !isTo(name))
  const needed = new Set(words.flatMap(({ name, required }) => (required ? [name] : [])))
  const fresh = words.filter(({ name }) => !inText.includes(name)).map(({ name }) => ({ name }))
  return {
    ...template,
    fields: [...own, ...fresh].map((field) =>
      needed.has(field.name) ? { ...field, onForm: true } : field
    ),
    enclosure: { form: form.id },
  }
}

function isTo(word: string): boolean {
  return (TO_WORDS as readonly string[]).includes(word)
}
