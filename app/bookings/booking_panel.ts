import { bookingsOf } from '#app/bookings/describe_booking'
import type { SubmissionPanel } from '#app/submissions/submission_panel'

/** The time that is booked. */
export const bookingPanel: SubmissionPanel = {
  name: 'bookings',
  view: 'bookings/panel',
  at: 'top',

  async load({ id }) {
    const booking = (await bookingsOf([id])).at(-1)
    return booking ? { booking } : null
  },
}
