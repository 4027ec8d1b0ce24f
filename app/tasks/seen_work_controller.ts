import { Readable } from 'node:stream'
import vine from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { clientFor } from '#app/people/organizations/clients_of'
import { seenWork } from '#app/tasks/seen_work'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'

const HEADINGS = ['from', 'until', 'name', 'login', 'site', 'kind', 'part', 'receipt', 'outcome']

const periodValidator = vine.create({
  client_id: vine.string().uuid(),
  from: vine.string(),
  until: vine.string(),
})

/** The record of what of a client's work was on whose screen, for the client's inspector (CSV). */
export default class SeenWorkController {
  async index({ auth, i18n, locale, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const [problems, input] = await periodValidator.tryValidate(request.qs())
    const client = problems ? null : await clientFor(user, input.client_id)
    if (problems || !client || ![input.from, input.until].every(isRealDate)) {
      notice(session, 'warn', 'people.seen_what')
      return response.redirect('/consents')
    }
    const { from, until } = input
    const parts = seenWork(
      { clientId: client.id, from, until },
      {
        headings: HEADINGS.map((key) => i18n.t(`tasks.seen_${key}`)),
        say: (key) => i18n.t(key),
        part: (label) => label[locale],
      },
      { seesProtected: user.seesProtected === true }
    )
    response.header('Content-Disposition', `attachment; filename="seen-${from}-${until}.csv"`)
    response.type('text/csv; charset=utf-8')
    return response.stream(Readable.from(parts, { objectMode: false }))
  }
}
