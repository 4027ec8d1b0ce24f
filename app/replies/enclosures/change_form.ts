import EnclosedForm from '#app/replies/enclosures/enclosed_form'
import type { FormPlace } from '#app/replies/enclosures/form_place'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { transition, type Transition } from '#app/core/transition'

/** Everything that somebody says of a place. */
export type SaidOfPlace = Omit<FormPlace, 'id' | 'label' | 'page'>

/** Says what comes into a place, and where it is. @returns false where it is gone */
export function changePlace(
  user: User,
  form: EnclosedForm,
  id: string,
  said: SaidOfPlace
): Promise<boolean> {
  return changePlaces(user, form, (places) =>
    places.map((place) => {
      const { page, label } = place
      return place.id === id ? { id, page, label, ...said } : place
    })
  )
}

/** Adds a place; its id. */
export async function addPlace(
  user: User,
  form: EnclosedForm,
  place: Omit<FormPlace, 'id'>
): Promise<string> {
  const id = newId()
  await changePlaces(user, form, (places) => [...places, { ...place, id }])
  return id
}

export function removePlace(user: User, form: EnclosedForm, id: string): Promise<boolean> {
  return changePlaces(user, form, (places) => places.filter((place) => place.id !== id))
}

/**
 * Keeps a form as it is now, for a version of its template; what is changed later changes nothing there.
 * @param form whose row is locked
 * @returns id of what is kept
 */
export async function keepForm(t: Transition, user: User, form: EnclosedForm): Promise<string> {
  const id = newId()
  await t.trx.rawQuery(
    `insert into enclosed_forms (id, client_id, template_id, state, file, pages, places, uploaded_by)
     select :id, client_id, template_id, 'kept', file, pages, places, uploaded_by from enclosed_forms where id = :of`,
    { id, of: form.id }
  )
  await t.trx.rawQuery(
    `insert into enclosed_form_pages (form_id, number, picture)
     select :id, number, picture from enclosed_form_pages where form_id = :of`,
    { id, of: form.id }
  )
  t.recordOnly({
    verb: 'enclosed_form.kept',
    subject: { type: 'enclosed_form', id },
    clientId: form.clientId,
    actorId: user.id,
    detail: { to: 'kept' },
  })
  return id
}

/** Finds a form that can be changed, and locks its row; null where another was handed in meanwhile. */
export function lockForm(t: Transition, id: string): Promise<EnclosedForm | null> {
  return EnclosedForm.query({ client: t.trx }).where({ id, state: 'found' }).forUpdate().first()
}

async function changePlaces(
  user: User,
  { id }: EnclosedForm,
  change: (places: FormPlace[]) => FormPlace[]
): Promise<boolean> {
  return transition(async (t) => {
    const form = await lockForm(t, id)
    if (!form) return false
    await form.merge({ places: change(form.places) }).save()
    t.recordOnly({
      verb: 'enclosed_form.changed',
      subject: { type: 'enclosed_form', id },
      clientId: form.clientId,
      actorId: user.id,
      detail: { places: form.places.length },
    })
    return true
  })
}
