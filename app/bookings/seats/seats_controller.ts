import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { bookSeats } from '#app/bookings/seats/book_seats'
import { giveBackSeat } from '#app/bookings/seats/give_back_seats'
import { ownSeats, seatCalendars, seatDays, seatTimes } from '#app/bookings/seats/show_seats'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'

const seatValidator = vine.create({
  calendar: vine.string().uuid(),
  day: vine.string().regex(/^\d{4}-\d\d-\d\d$/),
  slots: vine.array(vine.string().uuid()).minLength(1).maxLength(48),
  places: vine.number().withoutDecimals().range([1, 6]),
})

/** Seats at the center and places in the childcare room, booked by those who work here for themselves. */
export default class SeatsController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, ctx.request.qs(), null)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const [problems, input] = await seatValidator.tryValidate(request.all())
    const calendar = (await seatCalendars()).find(({ id }) => id === input?.calendar)
    if (problems || !calendar) {
      response.status(422)
      return this.#page(ctx, request.all(), { key: 'seats.incomplete' })
    }
    const { slots, places } = input
    const booked = await bookSeats(auth.getUserOrFail(), calendar, slots, places)
    if (!booked.ok) {
      response.status(422)
      return this.#page(ctx, request.all(), {
        key: `seats.${booked.reason}_at`,
        with: { times: booked.times.join('、') },
      })
    }
    notice(session, 'good', booked.count > 0 ? 'seats.booked' : 'seats.had_them')
    return response.redirect(`/seats?calendar=${calendar.id}`)
  }

  async giveBack({ auth, params, response, session }: HttpContext) {
    const isDone = await giveBackSeat(auth.getUserOrFail(), params.id)
    notice(session, isDone ? 'good' : 'warn', isDone ? 'seats.given_back' : 'seats.not_yours')
    return response.redirect('/seats')
  }

  async #page(
    { auth, view }: HttpContext,
    asked: Record<string, unknown>,
    problem: { key: string; with?: Record<string, string> } | null
  ) {
    const user = auth.getUserOrFail()
    const calendars = await seatCalendars()
    const calendar = calendars.find(({ id }) => id === asked.calendar) ?? calendars[0]
    const from = isRealDate(String(asked.from)) ? String(asked.from) : today()
    const { days, next } = calendar ? await seatDays(calendar, from) : { days: [], next: null }
    const day = days.find((one) => one.day === asked.day)?.day ?? days[0]?.day
    return view.render('bookings/seats', {
      calendars,
      calendar,
      days,
      next,
      from: from > today() ? from : null,
      day,
      times: calendar && day ? await seatTimes(user, calendar, day) : [],
      own: await ownSeats(user),
      typed: asked,
      problem,
    })
  }
}
