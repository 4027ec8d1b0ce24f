import vine from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { answerDispute, disputeDay, withdrawDispute } from '#app/tasks/log/dispute_day'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'

const answerValidator = vine.create({ answer: vine.string().trim().minLength(1).maxLength(300) })

/** Figures of one's own work that somebody says are wrong, and what a leader answers. */
export default class DisputesController {
  async store({ auth, params, response, session }: HttpContext) {
    const day = String(params.day)
    const isSaid = isRealDate(day) && (await disputeDay(auth.getUserOrFail(), day))
    notice(session, isSaid ? 'good' : 'warn', `log.${isSaid ? 'disputed' : 'nothing_there'}`)
    return response.redirect(`/work/log?month=${day.slice(0, 7)}`)
  }

  async destroy({ auth, params, response, session }: HttpContext) {
    const isBack = await withdrawDispute(auth.getUserOrFail(), params.id)
    notice(session, isBack ? 'good' : 'warn', `log.${isBack ? 'withdrawn' : 'decided'}`)
    return response.redirect('/work/log')
  }

  async update({ auth, params, request, response, session }: HttpContext) {
    const [problems, input] = await answerValidator.tryValidate(request.all())
    if (problems) {
      notice(session, 'warn', 'log.answer_missing')
      return response.redirect('/work/approvals')
    }
    const isDone = await answerDispute(auth.getUserOrFail(), params.id, input.answer)
    notice(session, isDone ? 'good' : 'warn', `log.${isDone ? 'answered' : 'overtaken'}`)
    return response.redirect('/work/approvals')
  }
}
