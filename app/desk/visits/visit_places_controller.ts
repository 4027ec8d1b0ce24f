import type { HttpContext } from '@adonisjs/core/http'
import { bookLive } from '#app/desk/visits/book_live'
import { currentPerson, currentSubmissionId } from '#app/desk/visits/current_person'
import { enterWaitingList } from '#app/desk/visits/enter_waiting_list'
import { giveBackHold, holdForVisit } from '#app/desk/visits/hold_place'
import Visit from '#app/desk/visits/visit'
import { toVisit, visitAgain } from '#app/desk/visits/visit_page'
import { slotValidator } from '#app/desk/visits/visit_validator'
import { transition } from '#app/core/transition'

/** The place that somebody gets on a visit: held, given back, booked, or waited for. */
export default class VisitPlacesController {
  /** A place is held for five minutes. Another clerk may have been faster: that is said, nothing is lost. */
  async hold(ctx: HttpContext) {
    const { slot_id: slotId } = await ctx.request.validateUsing(slotValidator)
    const held = await holdForVisit(ctx.auth.getUserOrFail(), ctx.params.id, slotId)
    if (!held) return toVisit(ctx, await Visit.findOrFail(ctx.params.id))
    if (ctx.request.accepts(['html', 'json']) === 'json')
      return held.ok
        ? ctx.response.created({ bookingId: held.bookingId })
        : ctx.response.conflict({ reason: held.reason })
    const visit = await Visit.findOrFail(ctx.params.id)
    if (!held.ok) return visitAgain(ctx, visit, { problem: `desk.refused.${held.reason}` })
    return toVisit(ctx, visit)
  }

  async release(ctx: HttpContext) {
    const visit = await Visit.findOrFail(ctx.params.id)
    const person = await currentPerson(visit)
    if (person) await transition((t) => giveBackHold(t, person.submission))
    return toVisit(ctx, visit)
  }

  /** Read back and agreed: booked. */
  async book(ctx: HttpContext) {
    const visit = await Visit.findOrFail(ctx.params.id)
    const submissionId = await currentSubmissionId(visit.id)
    if (!submissionId) return toVisit(ctx, visit)
    const booked = await bookLive(ctx.auth.getUserOrFail(), submissionId)
    if (ctx.request.accepts(['html', 'json']) === 'json')
      return booked.ok
        ? ctx.response.created({ submissionId })
        : ctx.response.conflict({ reason: booked.reason })
    if (!booked.ok) return visitAgain(ctx, visit, { problem: `desk.refused.${booked.reason}` })
    return toVisit(ctx, visit)
  }

  async wait(ctx: HttpContext) {
    const visit = await Visit.findOrFail(ctx.params.id)
    const person = await currentPerson(visit)
    if (person) await enterWaitingList(ctx.auth.getUserOrFail(), person.submission.id)
    return toVisit(ctx, visit)
  }
}
