import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { findResident, soughtFrom, type Sought } from '#app/center/residents/find_resident'
import { readSought, soughtForm } from '#app/center/residents/read_sought'
import { chosenOf, openOrder } from '#app/center/residents/order'
import { clientsOf } from '#app/people/organizations/clients_of'
import { visibleTo } from '#app/people/client_scope'
import { withNewest } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import Submission from '#app/submissions/submission'
import { transition } from '#app/core/transition'

const orderValidator = vine.create({
  kind: vine.enum(['erase', 'disclose']),
  ground: vine.string().trim().minLength(2).maxLength(200),
  records: vine.array(vine.string().maxLength(80)).minLength(1).maxLength(500),
})

/** Everything of one resident, by the city's order: to be erased, or disclosed. */
export default class ResidentsController {
  /** Asks who it is about, where no request of theirs is at hand. */
  async index(ctx: HttpContext) {
    return this.#ask(ctx, {})
  }

  /** Finds by what was said of them: it comes by POST, and stays out of every address. */
  async search(ctx: HttpContext) {
    const { sought, problem } = await readSought(ctx.auth.getUserOrFail(), ctx.request.all())
    if (!sought) return this.#ask(ctx, { problem })
    return this.#page(ctx, sought, null)
  }

  async order(ctx: HttpContext) {
    const { sought, problem } = await readSought(ctx.auth.getUserOrFail(), ctx.request.all())
    if (!sought) return this.#ask(ctx, { problem })
    return this.#store(ctx, sought)
  }

  async show(ctx: HttpContext) {
    return this.#page(ctx, await soughtFrom(await submissionOf(ctx)), null)
  }

  async store(ctx: HttpContext) {
    return this.#store(ctx, await soughtFrom(await submissionOf(ctx)))
  }

  async #store(ctx: HttpContext, sought: Sought) {
    const { auth, request, response } = ctx
    const user = auth.getUserOrFail()
    const [problems, input] = await orderValidator.tryValidate(request.all())
    if (problems) return this.#page(ctx, sought, 'residents.incomplete')
    const records = chosenOf(await findResident(user, sought), input.records)
    // Somebody erased it meanwhile: they look again.
    if (records.length !== input.records.length) return this.#page(ctx, sought, 'residents.changed')
    return response.redirect(await openOrder(user, sought, { ...input, records }))
  }

  async #ask({ auth, request, response, view }: HttpContext, { problem }: { problem?: string }) {
    if (problem) response.status(422)
    const user = auth.getUserOrFail()
    return view.render('center/residents', {
      clients: await clientsOf(user),
      services: await withNewest(await visibleTo(Service.query(), user).orderBy('slug')),
      typed: request.all(),
      problem: problem ?? null,
    })
  }

  async #page(ctx: HttpContext, sought: Sought, problem: string | null) {
    const { auth, request, response, view } = ctx
    const user = auth.getUserOrFail()
    if (problem) response.status(422)
    const found = await findResident(user, sought)
    const { clientId, submission } = sought
    // Of each request that is shown: whoever asks who saw it finds this look.
    await transition(async (t) => {
      for (const { id } of found.requests)
        t.recordOnly({
          verb: 'resident.looked_up',
          subject: { type: 'submission', id },
          clientId,
          submissionId: id,
          actorId: user.id,
        })
      if (!submission)
        t.recordOnly({
          verb: 'resident.searched',
          subject: { type: 'user', id: user.id },
          clientId,
          actorId: user.id,
          detail: { found: found.requests.length + found.records.length },
        })
    })
    return view.render('center/resident', {
      submission,
      said: submission ? [] : soughtForm(request.all()),
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
