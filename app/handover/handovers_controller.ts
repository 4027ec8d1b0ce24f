import type { HttpContext } from '@adonisjs/core/http'
import { notice } from '#app/core/notice'
import { repeatHandover, takeBackHandover } from '#app/handover/repeat_handover'
import { visibleTo } from '#app/people/client_scope'
import Submission from '#app/submissions/submission'

/** Trying again, or taking back, what a digital service outside was given. */
export default class HandoversController {
  async repeat(ctx: HttpContext) {
    const submission = await ownSubmission(ctx)
    const done = await repeatHandover(ctx.auth.getUserOrFail(), submission.id)
    notice(ctx.session, done ? 'good' : 'warn', done ? 'handover.repeated' : 'handover.late')
    return ctx.response.redirect(`/submissions/${submission.id}`)
  }

  async takeBack(ctx: HttpContext) {
    const submission = await ownSubmission(ctx)
    if (ctx.request.input('sure') !== 'yes') {
      notice(ctx.session, 'warn', 'handover.say_sure')
      return ctx.response.redirect(`/submissions/${submission.id}`)
    }
    const done = await takeBackHandover(ctx.auth.getUserOrFail(), submission.id)
    notice(ctx.session, done ? 'good' : 'warn', done ? 'handover.taken_back' : 'handover.late')
    return ctx.response.redirect(`/submissions/${submission.id}`)
  }
}

function ownSubmission({ auth, params }: HttpContext): Promise<Submission> {
  return visibleTo(Submission.query(), auth.getUserOrFail())
    .where('submissions.id', params.id)
    .firstOrFail()
}
