import { openAllSlots } from '#app/bookings/open_slots'
import { planReminders } from '#app/bookings/plan_reminders'
import { releaseExpiredHolds } from '#app/bookings/release_place'
import { sweep } from '#app/flow/sweeper'

/** Everything that recurs in the worker. */
export const recurring = [
  { name: 'sweep', everySeconds: 5, run: sweep },
  { name: 'release holds', everySeconds: 1, run: releaseExpiredHolds },
  { name: 'plan reminders', everySeconds: 60 * 60, run: planReminders },
  { name: 'open slots', everySeconds: 6 * 60 * 60, run: openAllSlots },
]
