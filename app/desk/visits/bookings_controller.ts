import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import type { Door } from '#app/bookings/calendar'
import { describeBooking, type DescribedBooking } from '#app/bookings/describe_booking'
import { releaseExpiredHolds } from '#app/bookings/release_place'
import { plainLabel } from '#app/catalog/plain_label'
import { frozenVersion } from '#app/catalog/frozen_version'
import { visibleTo } from '#app/people/client_scope'
import { bookAgain } from '#app/desk/visits/book_again'
import { cancelBooking, moveBooking } from '#app/desk/visits/change_booking'
import { slotValidator } from '#app/desk/visits/visit_validator'
import { showIn } from '#app/desk/visits/show_in'
import { connectorOf, slotsOf } from '#app/handover/connectors'
import { spokenSlot } from '#app/core/spoken'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { answerOffer } from '#app/replies/calls/answer_offer'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { spokenMoment } from '#app/core/spoken'
import { notice } from '#app/core/notice'
import { transition } from '#app/core/transition'

const OFFERED = 6
const MORE_OFFERED = 9

/** One booking: to move, to cancel, to print again. */
export default class BookingsController {
  async show(ctx: HttpContext) {
    const booking = await this.#booking(ctx)
    const next: { id: string } | null =
      booking.state === 'canceled'
        ? await db
            .from('bookings')
            .where('replaces_id', booking.id)
            .whereNot('state', 'canceled')
            .select('id')
            .first()
        : null
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
    const { id, submission_id: submissionId } = await db
      .from('bookings')
      .where('id', params.id)
      .select('id', 'submission_id')
      .firstOrFail()
    await visibleTo(Submission.query(), auth.getUserOrFail())
      .where('submissions.id', submissionId)
      .firstOrFail()
    return describeBooking(id)
  }

  async #again(ctx: HttpContext, booking: DescribedBooking, problem: string) {
    ctx.response.status(422)
    return this.#page(ctx, booking, { problem })
  }

  async #page(ctx: HttpContext, booking: DescribedBooking, extra: Record<string, unknown> = {}) {
    await releaseExpiredHolds()
    const submission = await Submission.findOrFail(booking.submissionId)
    const version = await frozenVersion(submission.serviceVersionId)
    const latest = submission.state === 'erased' ? null : await latestValues(submission)
    const asked = {
      submission,
      version,
      value: valueIn(latest?.values),
      dose: booking.dose,
    }
    await transition(async (t) => {
      t.recordOnly({
        verb: 'submission.viewed',
        subject: { type: 'submission', id: submission.id },
        clientId: submission.clientId,
        submissionId: submission.id,
        actorId: ctx.auth.getUserOrFail().id,
      })
    })
    const { more, from: day } = ctx.request.qs()
    const from = typeof day === 'string' && isRealDate(day) ? day : undefined
    const offers =
      booking.state === 'booked'
        ? await slotsOf(version).offers(
            asked,
            {
              door: doorOf(ctx),
              count: more === '1' || from ? MORE_OFFERED : OFFERED,
              from,
              near: [booking.startsAt],
            },
            db
          )
        : []
    const shown = await connectorOf(version).shownValues(asked, db)
    const { person } = version.description
    return ctx.view.render('desk/visits/booking', {
      booking,
      submission,
      door: doorOf(ctx),
      from: from ?? '',
      today: today(),
      offers: offers.filter((offer) => offer.slotId !== booking.slotId),
      spokenSlot,
      name: asked.value(person.name) || asked.value(person.kana),
      facts: [person.kana, person.birthDate, person.phone, person.address]
        .flatMap((key) => key ?? [])
        .map((key) => ({
          label: plainLabel(version.field(key).label)[ctx.locale],
          text: showIn(asked, key, shown, ctx.locale),
        })),
      watchword: asked.value(person.watchword),
      problem: null,
      sure: false,
      movingTo: null,
      spokenMoment,
      ...extra,
    })
  }
}

/** Whether the person stands here or is on the line; a change made by phone is confirmed by letter. */
function doorOf({ request }: HttpContext): Door {
  return request.input('door') === 'phone' ? 'phone' : 'counter'
}
