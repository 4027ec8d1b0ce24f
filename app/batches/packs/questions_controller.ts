import vine from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { askPerson, endAsking } from '#app/batches/packs/ask_person'
import { notice } from '#app/core/notice'
import { transition } from '#app/core/transition'

const questionValidator = vine.create({
  user_id: vine.string().uuid(),
  batch_id: vine.string().uuid(),
})

/** Asking somebody by name for a batch; taking it back; saying not this time. */
export default class QuestionsController {
  async store({ auth, request, response, session }: HttpContext) {
    const input = await request.validateUsing(questionValidator)
    const asked = await askPerson(auth.getUserOrFail(), input.user_id, input.batch_id)
    notice(session, asked === 'asked' ? 'good' : 'warn', `board.ask_${asked}`)
    return response.redirect('/board')
  }

  async withdraw({ request, response, session }: HttpContext) {
    const input = await request.validateUsing(questionValidator)
    const isEnded = await transition((t) => endAsking(t, input.user_id, input.batch_id))
    notice(session, isEnded ? 'good' : 'warn', `board.ask_${isEnded ? 'withdrawn' : 'answered'}`)
    return response.redirect('/board')
  }

  /** One's own answer. Nothing is lowered by it. */
  async decline({ auth, params, response, session }: HttpContext) {
    await transition((t) => endAsking(t, auth.getUserOrFail().id, params.id))
    notice(session, 'good', 'batches.declined')
    return response.redirect('/work')
  }
}
