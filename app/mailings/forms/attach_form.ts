import { templateOf } from '#app/mailings/templates/template_versions'
import { withForm } from '#app/mailings/forms/with_form'
import { addVersion } from '#app/mailings/templates/save_template'
import Template from '#app/mailings/templates/template'
import type User from '#app/people/user'
import { keepForm, lockForm } from '#app/replies/enclosures/change_form'
import { isMark, wordsOf } from '#app/replies/enclosures/form_place'
import type { LetterTemplate } from '#app/replies/templates/letter_template'
import { transition, type Transition } from '#app/core/transition'

/** Key of a message: why a form can't go with its letter yet. */
export type NotAttached = 'form_empty' | 'option_missing' | 'overtaken'

/** Letters of a template go with a form from now on, as it is now. Mailings that were begun before stay as they are. */
export async function attachForm(
  user: User,
  template: Template,
  formId: string
): Promise<NotAttached | null> {
  return transition(async (t) => {
    const locked = await lockTemplate(t, template)
    const form = await lockForm(t, formId)
    if (!form) return 'overtaken'
    const { places } = form
    if (wordsOf(places).length === 0) return 'form_empty'
    if (places.some((place) => place.word && isMark(place) && !place.when)) return 'option_missing'
    const id = await keepForm(t, user, form)
    await addVersion(t, user, locked, withForm(await newestWords(t, locked), { id, places }))
    return null
  })
}

/** Letters of a template go alone again. */
export async function detachForm(user: User, template: Template): Promise<void> {
  await transition(async (t) => {
    const locked = await lockTemplate(t, template)
    await addVersion(t, user, locked, withForm(await newestWords(t, locked), null))
  })
}

function lockTemplate(t: Transition, { id }: Template): Promise<Template> {
  return Template.query({ client: t.trx }).where('id', id).forUpdate().firstOrFail()
}

function newestWords(t: Transition, { id, newest }: Template): Promise<LetterTemplate> {
  return templateOf({ templateId: id, templateVersion: newest }, t.trx)
}
