import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { answerReferral } from '#app/desk/consultations/answer_referral'
import { listReferrals, referralsOf } from '#app/desk/consultations/list_referrals'
import { notice } from '#app/core/notice'
import { pageNumber } from '#app/core/paging'
import { chunkedDigits } from '#app/core/spoken'

const answerValidator = vine.create({ answer: vine.string().trim().minLength(1).maxLength(2000) })

/** The list of consultations that the desk handed on, for the people of the organization that goes on helping. */
export default class ReferralsController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, { typed: {}, problem: null })
  }

  async answer(ctx: HttpContext) {
    const { auth, params, request, response, session } = ctx
    await referralsOf(auth.getUserOrFail()).where('consultations.id', params.id).firstOrFail()
    const [problems, input] = await answerValidator.tryValidate(request.all())
    if (problems) {
      response.status(422)
      const typed = { id: String(params.id), answer: request.input('answer') }
      return this.#page(ctx, { typed, problem: 'referrals.incomplete' })
    }
    const done = await answerReferral(auth.getUserOrFail(), params.id, input.answer)
    notice(session, done === 'done' ? 'good' : 'warn', `referrals.${done}`)
    return response.redirect('/referrals')
  }

  async #page(
    { auth, request, view }: HttpContext,
    extra: { typed: { id?: string; answer?: string }; problem: string | null }
  ) {
    const listed = await listReferrals(auth.getUserOrFail(), await pageNumber(request.qs()))
    return view.render('desk/consultations/referrals', { ...listed, ...extra, chunkedDigits })
  }
}
