import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { findResident } from '#app/center/residents/find_resident'
import { chosenOf, openOrder } from '#app/center/residents/order'
import { visibleTo } from '#app/people/client_scope'
import Submission from '#app/submissions/submission'
import { transition } from '#app/core/transition'

const orderValidator = vine.create({
  kind: vine.enum(['erase', 'disclose']),
  ground: vine.string().trim().minLength(2).maxLength(200),
  records: vine.array(vine.string().maxLength(80)).minLength(1).maxLength(500),
})

/** Everything of one resident, by the city's order: to be erased, or disclosed. */
export default class ResidentsController {
  async show(ctx: HttpContext) {
    return this.#page(ctx, null)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const user = auth.getUserOrFail()
    const [problems, input] = await orderValidator.tryValidate(request.all())
    if (problems) return this.#page(ctx, 'residents.incomplete')
    const submission = await submissionOf(ctx)
    const records = chosenOf(await findResident(user, submission), input.records)
    // Somebody erased it meanwhile: they look again.
    if (records.length !== input.records.length) return this.#page(ctx, 'residents.changed')
    return response.redirect(await openOrder(user, submission, { ...input, records }))
  }

  async #page(ctx: HttpContext, problem: string | null) {
    const { auth, request, response, view } = ctx
    const user = auth.getUserOrFail()
    const submission = await submissionOf(ctx)
    if (problem) response.status(422)
    const found = await findResident(user, submission)
    // Of each request that is shown: whoever asks who saw it finds this look.
    await transition(async (t) => {
      for (const { id } of found.requests)
        t.recordOnly({
          verb: 'resident.looked_up',
          subject: { type: 'submission', id },
          clientId: submission.clientId,
          submissionId: id,
          actorId: user.id,
        })
    })
    return view.render('center/resident', {
      submission,
      ...found,
      typed: problem ? request.all() : null,
      problem,
    })
  }
}

function submissionOf({ auth, params }: HttpContext): Promise<Submission> {
  return visibleTo(Submission.query(), auth.getUserOrFail())
    .where('submissions.id', params.id)
    .whereNot('state', 'erased')
    .firstOrFail()
}
