import i18nManager from '@adonisjs/i18n/services/main'
import { mayActFor } from '#app/people/members/people_of'
import { issuePassword } from '#app/people/passwords/issue_password'
import { GOOD_FOR_DAYS } from '#app/people/passwords/one_time_password'
import type User from '#app/people/user'
import Person from '#app/people/user'
import { letterheadLine } from '#app/core/center_settings'
import { today } from '#app/core/clock'
import { addDays, eraAndYear } from '#app/core/japanese_calendar'
import { qrSvg } from '#app/core/qr_code'
import { mailServer } from '#app/core/mail/mail_server'
import { writeMail } from '#app/core/mail/write_mail'
import { transition, type Transition } from '#app/core/transition'
import { typeset } from '#app/core/typesetter'

/** So many are invited at once: each password takes its time to be kept. */
export const MAX_INVITED = 40

/**
 * Gives people a password for one time each and returns the sheets (PDF) that bear them.
 * Left out is who works here no longer, or may do more than whoever asks; null where nobody is left.
 * @param address where the product is reached, as the person at the screen reaches it
 */
export async function invite(actor: User, ids: string[], address: string): Promise<Buffer | null> {
  const until = addDays(today(), GOOD_FOR_DAYS)
  return transition(async (t) => {
    const sheets = await withPasswords(t, actor, ids)
    if (sheets.length === 0) return null
    // Within: passwords that can't be printed are not given.
    const { pdf } = await typeset('invitation.typ', {
      address,
      qr: await qrSvg(address),
      from: await letterheadLine(t.trx),
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

/**
 * Mails somebody their password for one time, as the sheet would say it.
 * @returns false where there is no mail, they have no address, or may do more than whoever asks; then nothing has changed
 */
export async function inviteByMail(actor: User, id: string, address: string): Promise<boolean> {
  return transition(async (t) => {
    const known = await Person.findOrFail(id, { client: t.trx })
    if (!known.email || !(await mailServer(t.trx))) return false
    const [invited] = await withPasswords(t, actor, [id])
    if (!invited) return false
    const { person, password } = invited
    const words = i18nManager.locale(person.locale)
    const until = addDays(today(), GOOD_FOR_DAYS)
    const written = await writeMail(t, {
      purpose: 'invitation',
      to: person.email!,
      subject: words.t('people.mail_subject'),
      text: words.t('people.mail_text', {
        name: person.displayName,
        address,
        login: person.login,
        password,
        until: person.locale === 'ja' ? eraAndYear(until) : until,
      }),
      userId: person.id,
      clientId: person.organization.kind === 'client' ? person.organizationId : null,
      actorId: actor.id,
    })
    return written !== null
  })
}

/** Gives each of these people whom the actor may act for a password for one time. */
async function withPasswords(t: Transition, actor: User, ids: string[]) {
  const people = await Person.query({ client: t.trx })
    .whereIn('id', ids.slice(0, MAX_INVITED))
    .whereNull('leftAt')
    .whereNull('frozenAt')
    .preload('organization')
    .orderBy('id')
    .forUpdate()
  const by = { verb: 'user.invited' as const, actorId: actor.id }
  const invited = []
  for (const person of people.filter((one) => mayActFor(actor, one)))
    invited.push({ person, password: await issuePassword(t, person, by) })
  return invited
}
