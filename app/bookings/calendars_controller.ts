import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import Calendar from '#app/bookings/calendar'
import { openingHours } from '#app/bookings/opening_hours'
import { visibleTo } from '#app/people/client_scope'
import { today } from '#app/core/clock'

/** How full the calendars are, day by day. */
export default class CalendarsController {
  async index({ auth, view }: HttpContext) {
    const calendars = await visibleTo(Calendar.query(), auth.getUserOrFail()).orderBy('slug')
    const days = await db
      .from('slots')
      .whereIn(
        'calendar_id',
        calendars.map((calendar) => calendar.id)
      )
      .where('starts_at', '>=', today())
      .groupByRaw('calendar_id, starts_at::date')
      .orderByRaw('starts_at::date')
      .select(
        'calendar_id',
        db.raw('starts_at::date as day'),
        db.raw('sum(capacity)::int as capacity'),
        db.raw('sum(taken)::int as taken')
      )
    return view.render('bookings/index', {
      calendars,
      days,
      hours: new Map(calendars.map((calendar) => [calendar.id, openingHours(calendar.rules)])),
    })
  }
}
