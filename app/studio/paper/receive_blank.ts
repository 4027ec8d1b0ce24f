import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import ServiceDraft from '#app/studio/service_draft'
import BlankForm from '#app/studio/paper/blank_form'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

/** Takes in a city's own blank form; the flow finds the places on it. One that came before is forgotten. */
export async function receiveBlank(user: User, draft: ServiceDraft, file: Buffer): Promise<void> {
  await transition(async (t) => {
    // The draft's row first, as where places are put under it. One that is gone takes no form, nor one that has one:
    // its places may have been named meanwhile.
    const { slug } = draft
    const kept = await ServiceDraft.query({ client: t.trx }).where('slug', slug).forUpdate().first()
    if (!kept || kept.files.ownPaper) return
    await forgetBlank(t.trx, slug)
    const { id } = await BlankForm.create(
      { id: newId(), slug, clientId: draft.clientId, file, uploadedBy: user.id },
      { client: t.trx }
    )
    t.record({
      verb: 'blank_form.received',
      subject: { type: 'blank_form', id },
      clientId: draft.clientId,
      actorId: user.id,
      detail: { size: file.length },
    })
  })
}

/** Whoever is looking for places on it finds it gone, and keeps nothing. */
export async function forgetBlank(trx: TransactionClientContract, slug: string): Promise<void> {
  await BlankForm.query({ client: trx }).where('slug', slug).delete()
}
