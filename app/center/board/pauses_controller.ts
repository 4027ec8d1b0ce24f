import type { HttpContext } from '@adonisjs/core/http'
import { forgetBoard } from '#app/center/board/current_board'
import Service from '#app/catalog/service'
import { notice } from '#app/core/notice'
import { pauseService, resumeService } from '#app/tasks/pauses'

/** Services whose work is given to nobody for now. */
export default class PausesController {
  async store({ auth, params, response, session }: HttpContext) {
    const { id } = await Service.findOrFail(params.id)
    const isDone = await pauseService(auth.getUserOrFail(), id)
    forgetBoard()
    notice(session, isDone ? 'good' : 'warn', `board.${isDone ? 'paused' : 'overtaken'}`)
    return response.redirect('/board')
  }

  async destroy({ auth, params, response, session }: HttpContext) {
    const { id } = await Service.findOrFail(params.id)
    const isDone = await resumeService(auth.getUserOrFail(), id)
    forgetBoard()
    notice(session, isDone ? 'good' : 'warn', `board.${isDone ? 'resumed' : 'overtaken'}`)
    return response.redirect('/board')
  }
}
