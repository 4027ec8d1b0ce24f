import type { HttpContext } from '@adonisjs/core/http'
import { VISIT_STEPS } from '#app/catalog/script_steps'
import { serviceChoices } from '#app/desk/visits/service_choices'
import type Visit from '#app/desk/visits/visit'
import { visitScreen } from '#app/desk/visits/visit_screen'
import { isRealDate } from '#app/core/japanese_calendar'

/** The things that a refused answer shows again, and why. */
export type Shown = Record<string, unknown>

/** The one screen of a visit, at the step that it has come to or at the one that is asked for. */
export async function visitPage(ctx: HttpContext, visit: Visit, shown: Shown = {}) {
  const { more, from, manual, weekday, half } = ctx.request.qs()
  const screen = await visitScreen(visit, ctx.locale, {
    more: more === '1',
    from: typeof from === 'string' && isRealDate(from) ? from : undefined,
    weekday: /^[1-7]$/.test(String(weekday)) ? Number(weekday) : undefined,
    half: half === 'am' || half === 'pm' ? half : undefined,
    step: VISIT_STEPS.find((step) => step === shown.step),
  })
  return ctx.view.render('desk/visits/visit', {
    problem: null,
    problems: {},
    facts: {},
    values: {},
    requester: {},
    several: null,
    unknown: manual === '1',
    services: await serviceChoices(),
    ...screen,
    ...shown,
  })
}

/** The screen once more, with what was wrong: nothing that was typed is lost. */
export async function visitAgain(ctx: HttpContext, visit: Visit, shown: Shown) {
  ctx.response.status(422)
  return visitPage(ctx, visit, shown)
}

export function toVisit({ response }: HttpContext, visit: Visit) {
  return response.redirect(`/desk/visits/${visit.id}`)
}
