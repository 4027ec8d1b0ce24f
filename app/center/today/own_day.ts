import { ownSeats, seatCalendars } from '#app/bookings/seats/show_seats'
import { todaysWork } from '#app/tasks/todays_work'
import { navigationFor, waitingFor } from '#app/people/navigation'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { today } from '#app/core/clock'

/** Gathers somebody's own day: what waits for them and where, what they have done, the seats that they have. */
export async function ownDay(user: User, site: Site) {
  const screens = navigationFor(user)
    .flatMap(({ items }) => items)
    .filter(({ name }) => name !== '/today')
  const counts = await waitingFor(user, site)
  const first = screens.find(({ name }) => name === beginsAt(user)) ?? screens[0]
  return {
    waiting: screens
      .filter(({ name }) => counts[name])
      .map(({ name, label, icon }) => ({ name, label, icon, count: counts[name] })),
    first: first ?? null,
    done: user.may('tasks.take') ? await todaysWork(user.id) : null,
    seats: user.may('tasks.take') ? await seatsToday(user) : [],
  }
}

/** Finds where somebody's work begins: with orders, with people who come, with what waits, or with what they may open. */
function beginsAt(user: User): string | null {
  if (user.may('clients.all') && user.may('tasks.take') && user.may('day.see')) return '/work'
  if (user.may('orders.commission') && user.may('orders.see')) return '/orders'
  if (user.may('calls.hear') && user.may('desk.serve')) return '/desk'
  return user.may('tasks.take') ? '/work' : null
}

async function seatsToday(user: User) {
  const seats = (await ownSeats(user)).filter(({ day }) => day === today())
  const rooms = await seatCalendars()
  return rooms.flatMap(({ id, name }) => {
    const times = seats.filter(({ calendarId, state }) => calendarId === id && state === 'booked')
    return times.length > 0 ? [{ name, times: times.map(({ time }) => time) }] : []
  })
}
