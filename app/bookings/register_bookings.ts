import { calendarSearch } from '#app/bookings/calendars/calendar_search'
import { searches } from '#app/people/searches'
import { recurringJobs } from '#app/core/recurring'
import { releaseExpiredHolds } from '#app/bookings/release_place'
import { openAllSlots } from '#app/bookings/open_slots'
import { flowSubjects } from '#app/core/subjects'
import { bookingListener } from '#app/bookings/booking_submission_listener'
import { bookingPanel } from '#app/bookings/booking_panel'
import { seatListener } from '#app/bookings/seats/give_back_seats'
import { userListeners } from '#app/people/user_listener'
import { navigation } from '#app/people/navigation'
import { submissionListeners } from '#app/submissions/submission_listener'
import { submissionPanels } from '#app/submissions/submission_panel'

/** Registers what this room brings. */
export function registerBookings(): void {
  searches.register(calendarSearch)
  flowSubjects.register({
    name: 'slot',
    table: 'slots',
    state: `case when closed_at is null then 'open' else 'closed' end`,
  })
  submissionListeners.register(bookingListener)
  submissionPanels.register(bookingPanel)
  navigation.register({
    name: '/calendars',
    label: 'bookings.title',
    icon: 'calendar-days',
    group: 'deliver',
    permission: 'bookings.see',
    also: ['/bus-stops'],
    rank: 90,
  })
  navigation.register({
    name: '/seats',
    label: 'seats.title',
    icon: 'building-office',
    group: 'enter',
    permission: 'tasks.take',
    rank: 90,
  })
  userListeners.register(seatListener)
  recurringJobs.register(
    { name: 'release holds', everySeconds: 1, run: releaseExpiredHolds },
    { name: 'open slots', everySeconds: 21600, run: openAllSlots }
  )
}
