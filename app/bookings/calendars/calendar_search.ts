import Calendar from '#app/bookings/calendar'
import { visibleTo } from '#app/people/client_scope'
import { containing, type Search } from '#app/people/searches'

/** Calendars by name, in either language. */
export const calendarSearch: Search = {
  name: 'calendars',
  permission: 'calendars.define',
  async find(user, words, limit, locale) {
    const pattern = containing(words)
    const calendars = await visibleTo(Calendar.query(), user)
      .whereRaw(`(name->>'ja' ilike ? or name->>'en' ilike ?)`, [pattern, pattern])
      .orderBy('slug')
      .limit(limit)
    return calendars.map(({ id, name }) => ({ label: name[locale], href: `/calendars/${id}` }))
  },
}
