import Consultation, {
  notesSealContext,
  type ConsultationNotes,
} from '#app/desk/consultations/consultation'
import { DateTime } from 'luxon'
import Partner from '#app/desk/partners/partner'
import { writtenDown } from '#app/desk/consultations/written_down'
import { numbersIn } from '#app/desk/consultations/numbers_in'
import { CALL_NUMBER } from '#app/replies/calls/number_token'
import { centerOf } from '#app/people/center'
import { keptApart } from '#app/registry/kept_apart'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { blindIndex, createSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

export interface Told extends ConsultationNotes {
  phone: string
  topic: Consultation['topic']
  minutes: number
  /** YYYY-MM-DD */
  followUpOn: string | null
  partnerId: string | null
  /** whom it is about agrees that the partner is told */
  agreed: boolean
}

/**
 * Keeps what was asked and done; it stays open while somebody is to come back to it. Where they agree, the people of the
 * partner that it is handed on to see it; those of a partner that signs in only later don't.
 * @returns else why not: there is no such partner, or it is about somebody of whom nobody else may hear
 */
export async function keepConsultation(
  user: User,
  told: Told
): Promise<'kept' | 'partner_gone' | 'kept_apart'> {
  const clientId = await centerOf()
  const { topic, minutes, steps, who, phone, followUp, followUpOn, partnerId } = told
  return transition(async (t) => {
    const partner = partnerId && (await Partner.find(partnerId, { client: t.trx }))
    if (partnerId && !partner) return 'partner_gone'
    if (partner && (await keptApart([writtenDown(told)], t.trx))[0]) return 'kept_apart'
    const handedTo = (told.agreed && partner && partner.organizationId) || null
    const sealer = await createSealer(t.trx, 'consultation')
    const id = newId()
    const notes: ConsultationNotes = { steps, followUp, who, phone }
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
        handedTo,
        agreedAt: partner && told.agreed ? DateTime.now() : null,
        numberToken: token(phone || numbersIn(who)[0]),
        state: followUpOn || partnerId ? 'open' : 'done',
      },
      { client: t.trx }
    )
    t.recordOnly({
      verb: 'consultation.kept',
      subject: { type: 'consultation', id },
      clientId,
      actorId: user.id,
      detail: { topic, minutes, ...(handedTo ? { handed_to: handedTo } : {}) },
    })
    return 'kept'
  })
}

/** Makes the token by which everything of somebody is found again. */
const token = (number: string | undefined) => (number ? blindIndex(number, CALL_NUMBER) : null)
