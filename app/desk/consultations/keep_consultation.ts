import Consultation, {
  notesSealContext,
  type ConsultationNotes,
} from '#app/desk/consultations/consultation'
import { centerOf } from '#app/people/center'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { createSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

export interface Told extends ConsultationNotes {
  topic: Consultation['topic']
  minutes: number
  /** YYYY-MM-DD */
  followUpOn: string | null
  partnerId: string | null
}

/** Keeps what was asked and done; it stays open while somebody is to come back to it. */
export async function keepConsultation(user: User, told: Told): Promise<void> {
  const clientId = await centerOf()
  const { topic, minutes, steps, who, followUp, followUpOn, partnerId } = told
  await transition(async (t) => {
    const sealer = await createSealer(t.trx, 'consultation')
    const id = newId()
    const notes: ConsultationNotes = { steps, followUp, who }
    await Consultation.create(
      {
        id,
        clientId,
        userId: user.id,
        topic,
        minutes,
        dataKeyId: sealer.dataKeyId,
        notes: sealer.sealJson(notesSealContext(id), notes),
        followUpOn,
        partnerId,
        state: followUpOn || partnerId ? 'open' : 'done',
      },
      { client: t.trx }
    )
    t.recordOnly({
      verb: 'consultation.kept',
      subject: { type: 'consultation', id },
      clientId,
      actorId: user.id,
      detail: { topic, minutes },
    })
  })
}
