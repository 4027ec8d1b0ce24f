import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import EnclosedForm from '#app/replies/enclosures/enclosed_form'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

/** The template that a form goes with. */
export interface FormOwner {
  templateId: string
  clientId: string
}

/** Takes in a blank form; the flow finds the places on it. One that came before, and what was said of it, is forgotten. */
export async function receiveForm(user: User, owner: FormOwner, file: Buffer): Promise<void> {
  await transition(async (t) => {
    await forgetForm(t.trx, owner.templateId)
    const { id } = await EnclosedForm.create(
      { id: newId(), ...owner, file, pages: [], places: [], uploadedBy: user.id },
      { client: t.trx }
    )
    t.record({
      verb: 'enclosed_form.received',
      subject: { type: 'enclosed_form', id },
      clientId: owner.clientId,
      actorId: user.id,
      detail: { size: file.length },
    })
  })
}

/** Finds the form of a template that can be changed; null where there is none. */
export function openForm(templateId: string): Promise<EnclosedForm | null> {
  return EnclosedForm.query().where({ templateId }).whereNot('state', 'kept').first()
}

/** Whoever is looking for places on it finds it gone, and keeps nothing. */
async function forgetForm(trx: TransactionClientContract, templateId: string): Promise<void> {
  await EnclosedForm.query({ client: trx }).where({ templateId }).whereNot('state', 'kept').delete()
}
