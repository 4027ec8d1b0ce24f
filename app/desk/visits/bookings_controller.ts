import type { HttpContext } from '@adonisjs/core/http'
import type { Door } from '#app/bookings/calendar'
import {
  describeBooking,
  submissionOfBooking,
  successorOf,
  type DescribedBooking,
} from '#app/bookings/describe_booking'
import { visibleTo } from '#app/people/client_scope'
import { bookingScreen } from '#app/desk/visits/booking_screen'
import { bookAgain } from '#app/desk/visits/book_again'
import { cancelBooking, moveBooking } from '#app/desk/visits/change_booking'
import { slotValidator } from '#app/desk/visits/visit_validator'
import Submission from '#app/submissions/submission'
import { answerOffer } from '#app/replies/calls/answer_offer'
import { isRealDate } from '#app/core/japanese_calendar'
import { spokenMoment, spokenSlot } from '#app/core/spoken'
import { notice } from '#app/core/notice'

/** One booking: to move, to cancel, to print again. */
export default class BookingsController {
  async show(ctx: HttpContext) {
    const booking = await this.#booking(ctx)
    const next = booking.state === 'canceled' ? await successorOf(booking.id) : null
    if (!next) return this.#page(ctx, booking)
    notice(ctx.session, 'warn', 'desk.moved_on')
    return ctx.response.redirect(`/desk/bookings/${next.id}`)
  }

  /** A time that was held for somebody: they phone back, or stand here, and say yes or no. */
  async answer(ctx: HttpContext) {
    const booking = await this.#booking(ctx)
    const accepted = ctx.request.input('answer') === 'accept'
    const done = await answerOffer(ctx.auth.getUserOrFail(), booking.id, accepted)
    notice(
      ctx.session,
      done ? 'good' : 'warn',
      done ? (accepted ? 'desk.accepted' : 'desk.declined_held') : 'calls.offer_gone'
    )
    return ctx.response.redirect(`/desk/bookings/${booking.id}`)
  }

  async move(ctx: HttpContext) {
    const booking = await this.#booking(ctx)
    const [, input] = await slotValidator.tryValidate(ctx.request.all())
    if (!input) return this.#again(ctx, booking, 'tasks.choose_one')
    // A change is read back before it is made, as a booking is.
    if (ctx.request.input('sure') !== 'yes')
      return this.#page(ctx, booking, { movingTo: input.slot_id })
    const moved = await moveBooking(
      ctx.auth.getUserOrFail(),
      booking.id,
      input.slot_id,
      doorOf(ctx)
    )
    if (!moved.ok) return this.#again(ctx, booking, `desk.refused.${moved.reason}`)
    notice(ctx.session, 'good', 'desk.moved')
    return ctx.response.redirect(`/desk/bookings/${moved.bookingId}?door=${doorOf(ctx)}`)
  }

  /** Canceled, and wanted anew after all: everything is known but the time. */
  async again(ctx: HttpContext) {
    const booking = await this.#booking(ctx)
    const user = ctx.auth.getUserOrFail()
    const visit = booking.state === 'canceled' && (await bookAgain(user, booking, doorOf(ctx)))
    if (visit) return ctx.response.redirect(`/desk/visits/${visit.id}`)
    notice(ctx.session, 'warn', 'desk.refused.late')
    return ctx.response.redirect(`/desk/bookings/${booking.id}`)
  }

  async cancel(ctx: HttpContext) {
    const booking = await this.#booking(ctx)
    // A word typed by mistake must not cost somebody their place: the second look is a page of its own.
    if (ctx.request.input('sure') !== 'yes') return this.#page(ctx, booking, { sure: true })
    const canceled = await cancelBooking(ctx.auth.getUserOrFail(), booking.id, doorOf(ctx))
    notice(
      ctx.session,
      canceled.ok ? 'good' : 'warn',
      canceled.ok ? 'desk.canceled' : 'desk.refused.late'
    )
    return ctx.response.redirect(`/desk/bookings/${booking.id}`)
  }

  async #booking({ auth, params }: HttpContext): Promise<DescribedBooking> {
    await visibleTo(Submission.query(), auth.getUserOrFail())
      .where('submissions.id', await submissionOfBooking(params.id))
      .firstOrFail()
    return describeBooking(params.id)
  }

  async #again(ctx: HttpContext, booking: DescribedBooking, problem: string) {
    ctx.response.status(422)
    return this.#page(ctx, booking, { problem })
  }

  async #page(ctx: HttpContext, booking: DescribedBooking, extra: Record<string, unknown> = {}) {
    const { more, from } = ctx.request.qs()
    return ctx.view.render('desk/visits/booking', {
      ...(await bookingScreen(ctx.auth.getUserOrFail(), booking, {
        door: doorOf(ctx),
        from: typeof from === 'string' && isRealDate(from) ? from : undefined,
        more: more === '1',
        locale: ctx.locale,
      })),
      spokenSlot,
      spokenMoment,
      problem: null,
      sure: false,
      movingTo: null,
      ...extra,
    })
  }
}

/** Whether the person stands here or is on the line; a change made by phone is confirmed by letter. */
function doorOf({ request }: HttpContext): Door {
  return request.input('door') === 'phone' ? 'phone' : 'counter'
}
