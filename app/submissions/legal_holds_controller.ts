import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { visibleTo } from '#app/people/client_scope'
import { liftLegalHold, placeLegalHold } from '#app/submissions/legal_hold'
import Submission from '#app/submissions/submission'
import { notice } from '#app/core/notice'

const reasonValidator = vine.create({ reason: vine.string().trim().minLength(4).maxLength(200) })

/** Keeps a submission from being erased while it is disputed. */
export default class LegalHoldsController {
  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const submission = await submissionOf(ctx)
    const [problems, input] = await reasonValidator.tryValidate(request.all())
    if (problems) notice(session, 'bad', 'submissions.hold_reason_missing')
    else {
      const isNew = await placeLegalHold(auth.getUserOrFail(), submission.id, input.reason)
      notice(session, isNew ? 'good' : 'warn', `submissions.hold_${isNew ? 'placed' : 'stands'}`)
    }
    return response.redirect(`/submissions/${submission.id}`)
  }

  async destroy(ctx: HttpContext) {
    const { auth, response, session } = ctx
    const submission = await submissionOf(ctx)
    const isLifted = await liftLegalHold(auth.getUserOrFail(), submission.id)
    notice(session, isLifted ? 'good' : 'warn', `submissions.hold_${isLifted ? 'lifted' : 'none'}`)
    return response.redirect(`/submissions/${submission.id}`)
  }
}

function submissionOf({ auth, params }: HttpContext): Promise<Submission> {
  return visibleTo(Submission.query(), auth.getUserOrFail())
    .where('submissions.id', params.id)
    .firstOrFail()
}
