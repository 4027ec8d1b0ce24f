import { withForm } from '#app/mailings/forms/with_form'
import Template from '#app/mailings/templates/template'
import { templateOf } from '#app/mailings/templates/template_versions'
import type User from '#app/people/user'
import { keptForm } from '#app/replies/enclosures/kept_form'
import type { LetterTemplate } from '#app/replies/templates/letter_template'
import { newId } from '#app/core/ids'
import { lockName } from '#app/core/lock'
import { transition, type Transition } from '#app/core/transition'

export type SavedTemplate = { ok: true; id: string } | { ok: false; reason: 'name_taken' }

/**
 * Keeps a template as a new version; mailings that were begun with an older one stay with that.
 * @param id null for a new one
 */
export async function saveTemplate(
  user: User,
  clientId: string,
  id: string | null,
  template: LetterTemplate
): Promise<SavedTemplate> {
  return transition(async (t) => {
    const name = template.name.ja
    await lockName(t.trx, `letter_templates:${clientId}`)
    const known = id
      ? await Template.query({ client: t.trx }).where({ id, clientId }).forUpdate().firstOrFail()
      : new Template().merge({ id: newId(), clientId, newest: 0, matching: {} })
    const other = await Template.query({ client: t.trx })
      .where({ clientId, name })
      .whereNot('id', known.id)
      .first()
    if (other) return { ok: false, reason: 'name_taken' }
    const words = await withItsForm(t, known, template)
    await addVersion(t, user, known.merge({ name }), words)
    return { ok: true, id: known.id }
  })
}

/** Words that are changed keep the form that goes with them. */
async function withItsForm(
  t: Transition,
  { id, newest }: Template,
  words: LetterTemplate
): Promise<LetterTemplate> {
  const before =
    newest > 0 && (await templateOf({ templateId: id, templateVersion: newest }, t.trx))
  if (!before || !before.enclosure) return words
  const { form } = before.enclosure
  return withForm(words, { id: form, places: (await keptForm(form)).places })
}

/** Keeps what a template says from now on, as its newest version. Its row is locked, or new. */
export async function addVersion(
  t: Transition,
  user: User,
  template: Template,
  words: LetterTemplate
): Promise<void> {
  const isNew = !template.$isPersisted
  await template
    .useTransaction(t.trx)
    .merge({ newest: template.newest + 1 })
    .save()
  await t.trx.table('letter_template_versions').insert({
    template_id: template.id,
    number: template.newest,
    template: JSON.stringify(words),
    made_by: user.id,
  })
  t.recordOnly({
    verb: isNew ? 'letter_template.made' : 'letter_template.changed',
    subject: { type: 'letter_template', id: template.id },
    clientId: template.clientId,
    actorId: user.id,
    detail: { version: template.newest },
  })
}

/** A template is offered for new mailings no longer, or again. */
export async function closeTemplate(user: User, template: Template, isClosed: boolean) {
  await transition(async (t) => {
    await t.trx
      .from('letter_templates')
      .where('id', template.id)
      .update({ closed_at: isClosed ? t.trx.raw('now()') : null })
    t.recordOnly({
      verb: isClosed ? 'letter_template.closed' : 'letter_template.reopened',
      subject: { type: 'letter_template', id: template.id },
      clientId: template.clientId,
      actorId: user.id,
    })
  })
}
