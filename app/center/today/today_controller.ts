import type { HttpContext } from '@adonisjs/core/http'
import { countDay } from '#app/center/today/count_day'
import { today } from '#app/core/clock'

/** The day on one page, for who runs it: each number is a list. */
export default class TodayController {
  async index({ view }: HttpContext) {
    return view.render('center/today', { parts: await countDay(), day: today() })
  }
}
