import type { HttpContext } from '@adonisjs/core/http'
import { certificateOf, keepCertificate } from '#app/people/second_factor/certificates'
import { mayAddFactor } from '#app/people/second_factor/may_add_factor'
import { factorGiven } from '#app/people/second_factor/need'
import { showCodes } from '#app/people/second_factor/show_codes'
import { notice } from '#app/core/notice'

/** The certificate of the machine at hand as a second factor. */
export default class CertificatesController {
  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const certificate = certificateOf(request)
    const problem = certificate ? await mayAddFactor(ctx) : 'people.certificate_none'
    const kept =
      !problem && certificate && (await keepCertificate(auth.getUserOrFail(), certificate))
    if (!kept) {
      notice(session, 'bad', problem ?? 'people.certificate_known')
      return response.redirect().back()
    }
    factorGiven(session)
    session.regenerate()
    if (kept.codes) return showCodes(ctx, kept.codes)
    notice(session, 'good', 'people.factor_added')
    return response.redirect('/account')
  }
}
