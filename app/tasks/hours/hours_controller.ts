import vine from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import {
  offeredBy,
  offeredDays,
  offerHours,
  problemOf,
  type OfferedSpan,
} from '#app/tasks/hours/offered_hours'
import { notice } from '#app/core/notice'
import { TIME_OF_DAY } from '#app/core/time_of_day'

const time = () => vine.string().regex(TIME_OF_DAY).nullable().optional()

const hoursValidator = vine.create({
  spans: vine
    .array(
      vine.object({
        day: vine.string().regex(/^\d{4}-\d\d-\d\d$/),
        from: time(),
        until: time(),
        site: vine.enum(['home', 'center'] as const),
        childcare: vine.boolean().optional(),
      })
    )
    .maxLength(100),
})

/** The hours that somebody offers to work, for two weeks. */
export default class HoursController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, await offeredBy(ctx.auth.getUserOrFail().id))
  }

  async store(ctx: HttpContext) {
    const { auth, i18n, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const [problems, input] = await hoursValidator.tryValidate(request.all())
    const days = offeredDays()
    const typed = (input?.spans ?? []).filter(({ from, until }) => from || until)
    const spans = typed
      .filter(({ day }) => days.includes(day))
      .map(({ day, from, until, site, childcare }): OfferedSpan => ({
        day,
        from: from ?? '',
        until: until ?? '',
        site,
        childcare: childcare === true,
      }))
    const problem = problems ? null : problemOf(spans, user)
    if (problems || problem) {
      response.status(422)
      const says = problem
        ? i18n.t(`hours.${problem.key}`, { day: problem.day.slice(5) })
        : i18n.t('hours.look_again')
      return this.#page(ctx, spans, says)
    }
    await offerHours(user, spans)
    notice(session, 'good', 'hours.kept')
    return response.redirect('/work/hours')
  }

  #page({ auth, view }: HttpContext, spans: OfferedSpan[], problem: string | null = null) {
    const days = offeredDays().map((day) => {
      const [first = null, second = null] = spans.filter((span) => span.day === day)
      return { day, first, second }
    })
    const { sites } = auth.getUserOrFail()
    return view.render('tasks/hours', { days, problem, sites })
  }
}
