import type { HttpContext } from '@adonisjs/core/http'
import Service from '#app/catalog/service'
import { endVisit, stepBack } from '#app/desk/visits/end_visit'
import { startVisit } from '#app/desk/visits/start_visit'
import { callTicket } from '#app/desk/tickets/ticket_line'
import Visit from '#app/desk/visits/visit'
import { toVisit, visitAgain, visitPage } from '#app/desk/visits/visit_page'
import { startValidator, requesterValidator } from '#app/desk/visits/visit_validator'
import { keepRequester } from '#app/desk/visits/requester'
import { notice } from '#app/core/notice'

/** One visit, one screen: each answer leads to the next step of the same page. */
export default class VisitsController {
  async store({ auth, request, response }: HttpContext) {
    const input = await request.validateUsing(startValidator)
    const user = auth.getUserOrFail()
    const visit = await startVisit(user, {
      channel: input.channel,
      serviceId: input.service_id,
      callId: input.call_id,
    })
    if (input.ticket_id) await callTicket(user, input.ticket_id, visit.id)
    return response.redirect(`/desk/visits/${visit.id}`)
  }

  async show(ctx: HttpContext) {
    return visitPage(ctx, await Visit.findOrFail(ctx.params.id))
  }

  /** Keeps whose request it is. */
  async requester(ctx: HttpContext) {
    const visit = await Visit.findOrFail(ctx.params.id)
    const input = await ctx.request.validateUsing(requesterValidator)
    const service = await Service.findOrFail(input.service_id)
    const kept = await keepRequester(ctx.auth.getUserOrFail(), visit, {
      askedBy: input.asked_by,
      consent: input.consent === true,
      serviceId: service.id,
      clientId: service.clientId,
    })
    if (!kept) return visitAgain(ctx, visit, { problem: 'desk.consent_needed', requester: input })
    return toVisit(ctx, visit)
  }

  /** One step back: not this person; before that, not this kind of request. */
  async back(ctx: HttpContext) {
    const visit = await Visit.findOrFail(ctx.params.id)
    await stepBack(ctx.auth.getUserOrFail(), visit)
    return toVisit(ctx, visit)
  }

  async end(ctx: HttpContext) {
    const visit = await Visit.findOrFail(ctx.params.id)
    await endVisit(ctx.auth.getUserOrFail(), visit)
    notice(
      ctx.session,
      'good',
      ctx.request.input('broken_off') ? 'desk.broken_off' : 'desk.visit_ended'
    )
    return ctx.response.redirect(visit.channel === 'phone' ? '/calls' : '/desk')
  }
}
