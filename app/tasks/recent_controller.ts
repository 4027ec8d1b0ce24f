import type { HttpContext } from '@adonisjs/core/http'
import { siteOfSession } from '#app/people/site_of_session'
import { recentWork, reopenWork } from '#app/tasks/recent_work'
import { notice } from '#app/core/notice'

/** The last twenty things that one finished; some can still be opened again. */
export default class RecentController {
  async index({ auth, view }: HttpContext) {
    return view.render('tasks/recent', { recent: await recentWork(auth.getUserOrFail().id) })
  }

  async reopen({ auth, params, response, session }: HttpContext) {
    const back = await reopenWork(auth.getUserOrFail(), siteOfSession(session), params.id)
    notice(session, back.ok ? 'good' : 'warn', `tasks.${back.ok ? 'taken_back' : 'not_reopened'}`)
    return response.redirect(back.ok ? `/work/assignments/${back.assignmentId}` : '/work/recent')
  }
}
