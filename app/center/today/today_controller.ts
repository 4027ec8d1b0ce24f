import type { HttpContext } from '@adonisjs/core/http'
import { firstSteps } from '#app/center/first_steps'
import { countDay } from '#app/center/today/count_day'
import { loadCharts } from '#app/center/today/load_charts'
import { ownDay } from '#app/center/today/own_day'
import { siteOfSession } from '#app/people/site_of_session'
import { today } from '#app/core/clock'

/** The day on one page: one's own, and for who runs it everybody's; each number is a list. */
export default class TodayController {
  async index({ auth, session, view }: HttpContext) {
    const user = auth.getUserOrFail()
    const runsIt = user.may('day.see')
    const steps = user.may('settings.change') ? await firstSteps(user) : []
    return view.render('center/today', {
      day: today(),
      own: await ownDay(user, siteOfSession(session)),
      stepsLeft: steps.filter(({ isDone }) => !isDone).length,
      parts: runsIt ? await countDay() : [],
      charts: runsIt ? await loadCharts() : [],
    })
  }
}
