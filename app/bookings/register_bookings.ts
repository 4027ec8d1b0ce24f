import { bookingListener } from '#app/bookings/booking_submission_listener'
import { bookingPanel } from '#app/bookings/booking_panel'
import { navigation } from '#app/people/navigation'
import { submissionListeners } from '#app/submissions/submission_listener'
import { submissionPanels } from '#app/submissions/submission_panel'

/** What this room brings. */
export function registerBookings(): void {
  submissionListeners.register(bookingListener)
  submissionPanels.register(bookingPanel)
  navigation.register({
    name: '/calendars',
    label: 'bookings.title',
    permission: 'bookings.see',
    rank: 90,
  })
}
