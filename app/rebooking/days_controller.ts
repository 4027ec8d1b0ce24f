import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import Calendar, { DOORS } from '#app/bookings/calendar'
import { closeDay, reopenDay } from '#app/rebooking/close_day'
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

  /** Who comes, on paper. */
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
    notice(ctx.session, 'good', affected === 0 ? 'bookings.closed_empty' : 'bookings.closed_moving')
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
    const slots = await db
      .from('slots')
      .where('calendar_id', calendar.id)
      .whereRaw('starts_at::date = ?', [day])
      .orderBy('starts_at')
      .select(
        'id',
        'capacity',
        'taken',
        'closed_at',
        db.raw(`to_char(starts_at, 'HH24:MI') as time`)
      )
    const closure = await db.from('closures').where({ calendar_id: calendar.id, day }).first()
    const calls: { state: string; count: number }[] = await db
      .from('call_backs')
      .join('submissions', 'submissions.id', 'call_backs.submission_id')
      .where('call_backs.reason', 'closure')
      .whereIn(
        'call_backs.submission_id',
        db
          .from('bookings')
          .join('slots', 'slots.id', 'bookings.slot_id')
          .where({ 'slots.calendar_id': calendar.id, 'bookings.ended_reason': 'closure' })
          .whereRaw('slots.starts_at::date = ?', [day])
          .select('bookings.submission_id')
      )
      .groupBy('call_backs.state')
      .select('call_backs.state', db.raw('count(*)::int as count'))
    return ctx.view.render('rebooking/day', {
      calendar,
      day,
      slots,
      quotas: await db
        .from('quotas')
        .where({ calendar_id: calendar.id, day })
        .orderByRaw(`array_position(array['web','phone','counter','paper'], door)`),
      doors: DOORS,
      roster: await rosterOf(ctx.auth.getUserOrFail(), calendar, day),
      closure,
      calls,
      closing: null,
      manages: ctx.auth.getUserOrFail().may('bookings.manage'),
      ...extra,
    })
  }
}
