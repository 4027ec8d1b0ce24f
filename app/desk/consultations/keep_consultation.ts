import Consultation, {
  notesSealContext,
  type ConsultationNotes,
} from '#app/desk/consultations/consultation'
import { DateTime } from 'luxon'
import Partner from '#app/desk/partners/partner'
import { CALL_NUMBER } from '#app/replies/calls/number_token'
import { centerOf } from '#app/people/center'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { blindIndex, createSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

export interface Told extends ConsultationNotes {
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
 * @returns false where there is no such partner
 */
export async function keepConsultation(user: User, told: Told): Promise<boolean> {
  const clientId = await centerOf()
  const { topic, minutes, steps, who, followUp, followUpOn, partnerId } = told
  return transition(async (t) => {
    const partner = partnerId && (await Partner.find(partnerId, { client: t.trx }))
    if (partnerId && !partner) return false
    const handedTo = (told.agreed && partner && partner.organizationId) || null
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
        handedTo,
        agreedAt: partner && told.agreed ? DateTime.now() : null,
        numberToken: numberIn(who),
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
    return true
  })
}

/** Finds a phone number among words, as a token by which everything of somebody is found again. */
function numberIn(words: string): string | null {
  // However it was set apart: 0263-00-1234, 0263 00 1234, (0263)00ー1234.
  const closed = words.normalize('NFKC').replace(/(?<=\d)[\s()\-‐‑–—−ー]+(?=\d)/g, '')
  const number = /0\d{9,10}(?!\d)/.exec(closed)?.[0]
  return number ? blindIndex(number, CALL_NUMBER) : null
}
