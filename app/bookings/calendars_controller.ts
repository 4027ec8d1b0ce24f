import type { HttpContext } from '@adonisjs/core/http'
import Calendar from '#app/bookings/calendar'
import { daysOf } from '#app/bookings/days_of'
import { openingHours } from '#app/bookings/opening_hours'
import { visibleTo } from '#app/people/client_scope'

/** Shows how full the calendars are, day by day. */
export default class CalendarsController {
  async index({ auth, view }: HttpContext) {
    const calendars = await visibleTo(Calendar.query(), auth.getUserOrFail()).orderBy('slug')
    return view.render('bookings/index', {
      calendars,
      days: await daysOf(calendars.map((calendar) => calendar.id)),
      hours: new Map(calendars.map((calendar) => [calendar.id, openingHours(calendar.rules)])),
    })
  }
}
