import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { breakGlass, markSeen, OPEN_MINUTES } from '#app/people/glass/break_glass'
import { openingsWithReceipts } from '#app/submissions/list_openings'
import { findClosed } from '#app/submissions/find_closed'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { transition } from '#app/core/transition'

const openingValidator = vine.create({
  receipt: vine.string().trim().minLength(1).maxLength(30),
  reason: vine.string().trim().minLength(8).maxLength(300),
})

const seenValidator = vine.create({
  openings: vine.array(vine.string().uuid()).maxLength(PAGE_SIZE),
})

/** Requests of protected people, opened for a while by who isn't named for them; their client sees each. */
export default class OpeningsController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, null)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const user = auth.getUserOrFail()
    const [problems, input] = await openingValidator.tryValidate(request.all())
    if (problems) return this.#page(ctx, 'submissions.opening_incomplete')
    const closed = await findClosed(user, input.receipt)
    if (!closed) return this.#page(ctx, 'submissions.opening_not_closed')
    await transition((t) => breakGlass(t, user, closed, input.reason))
    return response.redirect(`/submissions/${closed.id}`)
  }

  async seen({ auth, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const [, input] = await seenValidator.tryValidate(request.all())
    const isNoted = !user.worksForCenter && input && input.openings.length > 0
    if (isNoted) await transition((t) => markSeen(t, user, input.openings))
    if (isNoted) notice(session, 'good', 'submissions.openings_noted')
    return response.redirect('/openings')
  }

  async #page({ auth, request, response, view }: HttpContext, problem: string | null) {
    const user = auth.getUserOrFail()
    if (problem) response.status(422)
    return view.render('submissions/openings', {
      list: await openingsWithReceipts(user).paginate(await pageNumber(request.qs()), PAGE_SIZE),
      mayOpen: user.may('glass.break'),
      isClient: !user.worksForCenter,
      minutes: OPEN_MINUTES,
      typed: problem ? request.all() : {},
      problem,
    })
  }
}
