import Consultation, {
  notesSealContext,
  type ConsultationNotes,
} from '#app/desk/consultations/consultation'
import { referralsOf } from '#app/desk/consultations/list_referrals'
import type User from '#app/people/user'
import { openLivingSealers } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/**
 * Keeps what a partner did, and closes what was handed to it; also where the desk has closed it meanwhile, as long as
 * nobody has answered.
 * @throws RowNotFound where it was handed to another organization
 */
export async function answerReferral(
  user: User,
  id: string,
  answer: string
): Promise<'done' | 'done_before' | 'erased'> {
  return transition(async (t) => {
    const found = await referralsOf(user)
      .useTransaction(t.trx)
      .where('consultations.id', id)
      .forUpdate()
      .firstOrFail()
    const sealer = (await openLivingSealers([found.dataKeyId], t.trx)).get(found.dataKeyId)
    if (!sealer) return 'erased'
    const context = notesSealContext(id)
    const notes = sealer.openJson<ConsultationNotes>(context, found.notes)
    if (notes.answer) return 'done_before'
    await Consultation.answer(t, id, user.id)
    await Consultation.query({ client: t.trx })
      .where('id', id)
      .update({ notes: sealer.sealJson(context, { ...notes, answer }) })
    return 'done'
  })
}
