import { mayActFor } from '#app/people/members/people_of'
import { issuePassword } from '#app/people/passwords/issue_password'
import { GOOD_FOR_DAYS } from '#app/people/passwords/one_time_password'
import type User from '#app/people/user'
import Person from '#app/people/user'
import { today } from '#app/core/clock'
import { addDays, eraAndYear } from '#app/core/japanese_calendar'
import { qrSvg } from '#app/core/qr_code'
import { transition } from '#app/core/transition'
import { typeset } from '#app/core/typesetter'

/** So many are invited at once: each password takes its time to be kept. */
export const MAX_INVITED = 40

/**
 * Gives people a password for one time each and returns the sheets (PDF) that bear them: nowhere else are they ever read.
 * Left out is who works here no longer, or may do more than whoever asks; null where nobody is left.
 * @param address where the product is reached, as the person at the screen reaches it
 */
export async function invite(actor: User, ids: string[], address: string): Promise<Buffer | null> {
  const until = addDays(today(), GOOD_FOR_DAYS)
  return transition(async (t) => {
    const people = await Person.query({ client: t.trx })
      .whereIn('id', ids.slice(0, MAX_INVITED))
      .whereNull('leftAt')
      .preload('organization')
      .orderBy('id')
      .forUpdate()
    const by = { verb: 'user.invited' as const, actorId: actor.id }
    const sheets = []
    for (const person of people.filter((one) => mayActFor(actor, one)))
      sheets.push({ person, password: await issuePassword(t, person, by) })
    if (sheets.length === 0) return null
    // Within: passwords that can't be printed are not given.
    const { pdf } = await typeset('invitation.typ', {
      address,
      qr: qrSvg(address),
      sheets: sheets
        .sort((a, b) => a.person.displayName.localeCompare(b.person.displayName, 'ja'))
        .map(({ person, password }) => ({
          locale: person.locale,
          organization: person.organization.name,
          name: person.displayName,
          login: person.login,
          password,
          until: person.locale === 'ja' ? eraAndYear(until) : until,
        })),
    })
    return pdf
  })
}
