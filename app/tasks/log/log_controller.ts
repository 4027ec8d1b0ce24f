import vine from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { TYPED_KINDS } from '#app/tasks/log/activity_span'
import { disputesOf } from '#app/tasks/log/dispute_day'
import { logWork, withdrawWork } from '#app/tasks/log/log_work'
import { daysOf, monthBeside, monthOf, typedOf } from '#app/tasks/log/month_log'
import { siteOfSession } from '#app/people/site_of_session'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'
import { TIME_OF_DAY } from '#app/core/time_of_day'

const workValidator = vine.create({
  kind: vine.enum(TYPED_KINDS),
  day: vine.string().regex(/^\d{4}-\d\d-\d\d$/),
  from: vine.string().regex(TIME_OF_DAY),
  until: vine.string().regex(TIME_OF_DAY),
  note: vine.string().trim().minLength(1).maxLength(200),
})

/** One's own work: what was measured at tasks, by day, and what one typed in. */
export default class LogController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, { values: { day: today() }, problem: null })
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const [problems, input] = await workValidator.tryValidate(request.all())
    const isWhole = !problems && isRealDate(input.day)
    const logged = isWhole
      ? await logWork(auth.getUserOrFail(), siteOfSession(session), input)
      : ({ ok: false, reason: 'fill_in' } as const)
    if (!logged.ok) {
      response.status(422)
      return this.#page(ctx, { values: request.all(), problem: `log.${logged.reason}` })
    }
    notice(session, 'good', 'log.asked')
    return response.redirect('/work/log')
  }

  async withdraw({ auth, params, response, session }: HttpContext) {
    const isWithdrawn = await withdrawWork(auth.getUserOrFail(), params.id)
    notice(session, isWithdrawn ? 'good' : 'warn', `log.${isWithdrawn ? 'withdrawn' : 'decided'}`)
    return response.redirect('/work/log')
  }

  async #page(
    { auth, request, view }: HttpContext,
    shown: { values: Record<string, unknown>; problem: string | null }
  ) {
    const user = auth.getUserOrFail()
    const month = monthOf(request.qs())
    const days = (await daysOf(month, [user.id])).get(user.id) ?? []
    const sum = (key: 'tasks' | 'minutes' | 'typed' | 'asked') =>
      days.reduce((total, day) => total + day[key], 0)
    return view.render('tasks/log', {
      month,
      before: monthBeside(month, -1),
      after: month < today().slice(0, 7) ? monthBeside(month, 1) : null,
      days,
      sums: {
        tasks: sum('tasks'),
        minutes: sum('minutes'),
        typed: sum('typed'),
        asked: sum('asked'),
      },
      typed: await typedOf(month, user.id),
      disputes: await disputesOf(month, user.id),
      kinds: TYPED_KINDS,
      today: today(),
      ...shown,
    })
  }
}
