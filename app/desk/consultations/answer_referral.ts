import Consultation, {
  notesSealContext,
  type ConsultationNotes,
} from '#app/desk/consultations/consultation'
import { referralsOf } from '#app/desk/consultations/list_referrals'
import type User from '#app/people/user'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/**
 * Keeps what a partner did, and closes what was handed to it.
 * @throws RowNotFound where it was handed to another organization
 */
export async function answerReferral(
  user: User,
  id: string,
  answer: string
): Promise<'done' | 'done_before'> {
  return transition(async (t) => {
    const found = await referralsOf(user)
      .useTransaction(t.trx)
      .where('consultations.id', id)
      .select('consultations.*')
      .firstOrFail()
    if (!(await Consultation.answer(t, id, user.id))) return 'done_before'
    const sealer = await openSealer(found.dataKeyId, t.trx)
    const context = notesSealContext(id)
    const notes = sealer.openJson<ConsultationNotes>(context, found.notes)
    await Consultation.query({ client: t.trx })
      .where('id', id)
      .update({ notes: sealer.sealJson(context, { ...notes, answer }) })
    return 'done'
  })
}
