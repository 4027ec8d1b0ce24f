import { templateOf } from '#app/mailings/templates/template_versions'
import { addVersion } from '#app/mailings/templates/save_template'
import Template from '#app/mailings/templates/template'
import type User from '#app/people/user'
import { keepForm } from '#app/replies/enclosures/change_form'
import type EnclosedForm from '#app/replies/enclosures/enclosed_form'
import { wordsOf, type FormPlace } from '#app/replies/enclosures/form_place'
import {
  placeholdersIn,
  TO_WORDS,
  type LetterTemplate,
} from '#app/replies/templates/letter_template'
import { transition, type Transition } from '#app/core/transition'

/** Key of a message: why a form can't go with its letter yet. */
export type NotAttached = 'form_empty' | 'option_missing'

/** Letters of a template go with a form from now on, as it is now. Mailings that were begun before stay as they are. */
export async function attachForm(
  user: User,
  template: Template,
  form: EnclosedForm
): Promise<NotAttached | null> {
  if (wordsOf(form.places).length === 0) return 'form_empty'
  const isMark = ({ kind }: FormPlace) => kind === 'tick' || kind === 'circle'
  if (form.places.some((place) => place.word && isMark(place) && !place.when))
    return 'option_missing'
  await changeWords(user, template, async (words, t) =>
    withForm(words, { id: await keepForm(t, user, form), places: form.places })
  )
  return null
}

/** Letters of a template go alone again. */
export async function detachForm(user: User, template: Template): Promise<void> {
  await changeWords(user, template, async (words) => withForm(words, null))
}

/** Puts a form behind a template's letters: its words are columns of their lists, too. */
export function withForm(
  { enclosure: _before, ...template }: LetterTemplate,
  form: { id: string; places: FormPlace[] } | null
): LetterTemplate {
  const inText = placeholdersIn(template.text)
  const own = template.fields.filter(({ name }) => inText.includes(name))
  if (!form) return { ...template, fields: own }
  const onForm = wordsOf(form.places).filter(({ name }) => !isTo(name))
  const needed = new Set(onForm.flatMap(({ name, required }) => (required ? [name] : [])))
  const fresh = onForm.filter(({ name }) => !inText.includes(name))
  const fields = own.map((field) => (needed.has(field.name) ? { ...field, required: true } : field))
  return { ...template, fields: [...fields, ...fresh], enclosure: { form: form.id } }
}

async function changeWords(
  user: User,
  { id }: Template,
  change: (words: LetterTemplate, t: Transition) => Promise<LetterTemplate>
): Promise<void> {
  await transition(async (t) => {
    const template = await Template.query({ client: t.trx })
      .where('id', id)
      .forUpdate()
      .firstOrFail()
    const newest = { templateId: id, templateVersion: template.newest }
    await addVersion(t, user, template, await change(await templateOf(newest, t.trx), t))
  })
}

function isTo(word: string): boolean {
  return (TO_WORDS as readonly string[]).includes(word)
}
