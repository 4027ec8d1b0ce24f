import type { HttpContext } from '@adonisjs/core/http'
import { frozenVersion } from '#app/catalog/frozen_version'
import { visibleTo } from '#app/people/client_scope'
import { askCorrection } from '#app/clients/ask_correction'
import { correctionValidator } from '#app/clients/order_validator'
import Submission from '#app/submissions/submission'
import { notice } from '#app/core/notice'

/** Asking for a value to be corrected, from the submission's page. */
export default class CorrectionsController {
  async store({ auth, params, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const submission = await visibleTo(Submission.query(), user)
      .where('submissions.id', params.id)
      .firstOrFail()
    const [, input] = await correctionValidator.tryValidate(request.all())
    const version = await frozenVersion(submission.serviceVersionId)
    const known = version.fields.some((field) => field.key === input?.field)
    const asked =
      input && known
        ? await askCorrection(user, submission, input.field, input.request)
        : ({ ok: false, reason: 'say_what' } as const)
    notice(
      session,
      asked.ok ? 'good' : 'warn',
      asked.ok ? 'clients.correction_asked' : `clients.correction_${asked.reason}`
    )
    return response.redirect(`/submissions/${submission.id}`)
  }
}
