import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import Calendar, { DOORS } from '#app/bookings/calendar'
import { daySheet } from '#app/rebooking/day_sheet'
import { closeDay, reopenDay } from '#app/rebooking/close_day'
import { whoSits } from '#app/bookings/seats/show_seats'
import { moveQuota } from '#app/bookings/quotas'
import { rosterOf, typesetRoster } from '#app/rebooking/roster'
import { visibleTo } from '#app/people/client_scope'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'
import { transition } from '#app/core/transition'
import { errors } from '@adonisjs/core'

const moveValidator = vine.create({
  from: vine.enum(DOORS),
  to: vine.enum(DOORS),
  places: vine.number().withoutDecimals().range([1, 1000]),
})

const closeValidator = vine.create({
  reason: vine.enum(['snow', 'storm', 'staff', 'other'] as const),
  sure: vine.literal('yes').optional(),
})

/** One day of a calendar: its times, the shares of the doors, who comes; closing it. */
export default class DaysController {
  async show(ctx: HttpContext) {
    return this.#page(ctx)
  }

  /** Prints the list of who comes. */
  async roster(ctx: HttpContext) {
    const { calendar, day } = await this.#day(ctx)
    const roster = await rosterOf(ctx.auth.getUserOrFail(), calendar, day)
    await transition(async (t) => {
      t.recordOnly({
        verb: 'roster.printed',
        subject: { type: 'calendar', id: calendar.id },
        clientId: calendar.clientId,
        actorId: ctx.auth.getUserOrFail().id,
        detail: { day, people: roster.length },
      })
    })
    ctx.response.header('Content-Disposition', `inline; filename="roster-${day}.pdf"`)
    return ctx.response.type('application/pdf').send(await typesetRoster(calendar, day, roster))
  }

  async moveQuota(ctx: HttpContext) {
    const { calendar, day } = await this.#day(ctx)
    const [, input] = await moveValidator.tryValidate(ctx.request.all())
    const moved = input
      ? await moveQuota(ctx.auth.getUserOrFail(), calendar, day, input)
      : ({ ok: false } as const)
    notice(
      ctx.session,
      moved.ok ? 'good' : 'warn',
      moved.ok ? 'bookings.moved' : 'bookings.not_that_many'
    )
    return ctx.response.redirect(`/calendars/${calendar.id}/days/${day}`)
  }

  /** Closing asks twice: everybody of the day is moved and called. */
  async close(ctx: HttpContext) {
    const { calendar, day } = await this.#day(ctx)
    const [problems, input] = await closeValidator.tryValidate(ctx.request.all())
    if (problems || !input.sure) return this.#page(ctx, { closing: input?.reason ?? 'snow' })
    const affected = await closeDay(ctx.auth.getUserOrFail(), calendar, day, input.reason)
    const closed = calendar.isForStaff ? 'bookings.closed_seats' : 'bookings.closed_moving'
    notice(ctx.session, 'good', affected === 0 ? 'bookings.closed_empty' : closed)
    return ctx.response.redirect(`/calendars/${calendar.id}/days/${day}`)
  }

  async reopen(ctx: HttpContext) {
    const { calendar, day } = await this.#day(ctx)
    await reopenDay(ctx.auth.getUserOrFail(), calendar, day)
    notice(ctx.session, 'good', 'bookings.reopened')
    return ctx.response.redirect(`/calendars/${calendar.id}/days/${day}`)
  }

  async #day({ auth, params, request }: HttpContext) {
    if (!isRealDate(params.day))
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    const calendar = await visibleTo(Calendar.query(), auth.getUserOrFail())
      .where('calendars.id', params.id)
      .firstOrFail()
    const day: string = params.day
    return { calendar, day }
  }

  async #page(ctx: HttpContext, extra: Record<string, unknown> = {}) {
    const { calendar, day } = await this.#day(ctx)
    return ctx.view.render('rebooking/day', {
      calendar,
      day,
      ...(await daySheet(calendar.id, day)),
      doors: DOORS,
      roster: await rosterOf(ctx.auth.getUserOrFail(), calendar, day),
      seated: calendar.isForStaff ? await whoSits(calendar.id, day) : null,
      closing: null,
      manages: ctx.auth.getUserOrFail().may('bookings.manage'),
      ...extra,
    })
  }
}
