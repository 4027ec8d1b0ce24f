import { moveClosedDays } from '#app/rebooking/close_day'
import { openAllSlots } from '#app/bookings/open_slots'
import { planReminders } from '#app/rebooking/plan_reminders'
import { releaseExpiredHolds } from '#app/bookings/release_place'
import { removeGoneExports } from '#app/clients/exports/clean_up'
import { sealEvents } from '#app/center/audit/seal_events'
import { endFinishedCalls } from '#app/desk/calls/end_calls'
import { sweep } from '#app/flow/sweeper'
import { cleanUpSignIn } from '#app/people/clean_up'
import { refreshRegister } from '#app/registry/refresh_register'
import { watchDisk } from '#app/core/alarms'
import { destroyDueKeys } from '#app/core/sealing'
import { refreshTokens } from '#app/submissions/refresh_tokens'

/** Everything that recurs in the worker. */
export const recurring = [
  { name: 'sweep', everySeconds: 5, run: sweep },
  { name: 'release holds', everySeconds: 1, run: releaseExpiredHolds },
  { name: 'seal events', everySeconds: 60, run: sealEvents },
  { name: 'end calls', everySeconds: 30, run: endFinishedCalls },
  { name: 'watch disk', everySeconds: 30, run: watchDisk },
  { name: 'remove exports', everySeconds: 60 * 60, run: removeGoneExports },
  { name: 'clean up sign-in', everySeconds: 10 * 60, run: cleanUpSignIn },
  { name: 'destroy keys', everySeconds: 60 * 60, run: destroyDueKeys },
  { name: 'refresh register', everySeconds: 10, run: refreshRegister },
  { name: 'refresh search', everySeconds: 10, run: refreshTokens },
  { name: 'move closed days', everySeconds: 1, run: moveClosedDays },
  { name: 'plan reminders', everySeconds: 60 * 60, run: planReminders },
  { name: 'open slots', everySeconds: 6 * 60 * 60, run: openAllSlots },
]
