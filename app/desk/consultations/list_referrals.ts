import Consultation, {
  notesSealContext,
  type ConsultationNotes,
} from '#app/desk/consultations/consultation'
import { writtenDown } from '#app/desk/consultations/written_down'
import { keptApart } from '#app/registry/kept_apart'
import type User from '#app/people/user'
import { PAGE_SIZE } from '#app/core/paging'
import { openLivingSealers } from '#app/core/sealing'

/** Days for which a partner still sees what it has done. */
const SEEN_AFTER_DAYS = 30

/**
 * Finds what was handed on to the organization of a person, with the consent of whom it is about; for the center's
 * people, to any. What is done stays for some days.
 */
export function referralsOf(user: User) {
  return Consultation.query()
    .whereNotNull('consultations.handed_to')
    .if(!user.worksForCenter, (query) =>
      query
        .where('consultations.handed_to', user.organizationId)
        .whereRaw(
          `(consultations.state = 'open' or consultations.created_at > now() - make_interval(days => ?))`,
          [SEEN_AFTER_DAYS]
        )
    )
}

/** Counts what is still to be done for the organization of a person; at the center nobody waits for it. */
export async function countOpenReferrals(user: User): Promise<number> {
  if (user.worksForCenter) return 0
  const [{ $extras }] = await referralsOf(user)
    .where('consultations.state', 'open')
    .count('* as count')
  return Number($extras.count)
}

/** Lists a page of it, what is to be done first; of the notes only what was written for a partner. */
export async function listReferrals(user: User, page: number) {
  const list = await referralsOf(user)
    .join('partners', 'partners.id', 'consultations.partner_id')
    .select('consultations.*', 'partners.name as partner_name')
    .orderByRaw(`consultations.state = 'open' desc`)
    .orderBy('consultations.follow_up_on')
    .orderBy('consultations.created_at', 'desc')
    .paginate(page, PAGE_SIZE)
  const sealers = await openLivingSealers(list.map((one) => one.dataKeyId))
  const notesOf = list.map((one) =>
    sealers.get(one.dataKeyId)?.openJson<ConsultationNotes>(notesSealContext(one.id), one.notes)
  )
  // Somebody may have come under protection since they were handed on.
  const apart = user.worksForCenter ? [] : await keptApart(notesOf.map(writtenDown))
  const rows = list.map((one, index) => {
    const notes = apart[index] ? undefined : notesOf[index]
    return {
      id: one.id,
      topic: one.topic,
      state: one.state,
      createdAt: one.createdAt,
      followUpOn: one.followUpOn,
      partner: String(one.$extras.partner_name),
      isApart: apart[index] ?? false,
      who: notes?.who ?? '',
      phone: notes?.phone ?? '',
      followUp: notes?.followUp ?? '',
      answer: notes?.answer ?? '',
    }
  })
  return { list, rows }
}
