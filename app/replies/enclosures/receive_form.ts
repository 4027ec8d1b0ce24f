import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import EnclosedForm from '#app/replies/enclosures/enclosed_form'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { lockName } from '#app/core/lock'
import { transition } from '#app/core/transition'

/** The template that a form goes with. */
export interface FormOwner {
  templateId: string
  clientId: string
}

/** Takes in a blank form; the flow finds the places on it. One that came before, and what was said of it, is forgotten. */
export async function receiveForm(user: User, owner: FormOwner, file: Buffer): Promise<void> {
  await transition(async (t) => {
    await lockName(t.trx, `enclosed_forms:${owner.templateId}`)
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

const ALL_BUT_FILE = EnclosedForm.$columns.filter((column) => column !== 'file')

/** Finds the form of a template that can be changed, without its file; null where there is none. */
export function openForm(templateId: string): Promise<EnclosedForm | null> {
  return EnclosedForm.query()
    .where({ templateId })
    .whereNot('state', 'kept')
    .select(ALL_BUT_FILE)
    .first()
}

/** Finds the file of a form; null where it was refused, or is gone. */
export async function fileOf({ id }: Pick<EnclosedForm, 'id'>): Promise<Buffer | null> {
  return (await EnclosedForm.query().where('id', id).select('id', 'file').first())?.file ?? null
}

/** Whoever is looking for places on it finds it gone, and keeps nothing. */
async function forgetForm(trx: TransactionClientContract, templateId: string): Promise<void> {
  await EnclosedForm.query({ client: trx }).where({ templateId }).whereNot('state', 'kept').delete()
}
