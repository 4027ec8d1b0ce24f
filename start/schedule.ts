import { openAllSlots } from '#app/bookings/open_slots'
import { sweep } from '#app/flow/sweeper'

/** Everything that recurs in the worker. */
export const recurring = [
  { name: 'sweep', everySeconds: 5, run: sweep },
  { name: 'open slots', everySeconds: 6 * 60 * 60, run: openAllSlots },
]
