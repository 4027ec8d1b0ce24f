import { moveClosedDays } from '#app/bookings/close_day'
import { openAllSlots } from '#app/bookings/open_slots'
import { planReminders } from '#app/bookings/plan_reminders'
import { releaseExpiredHolds } from '#app/bookings/release_place'
import { removeGoneExports } from '#app/exports/clean_up'
import { sealEvents } from '#app/audit/seal_events'
import { endFinishedCalls } from '#app/calls/end_calls'
import { sweep } from '#app/flow/sweeper'
import { cleanUpSignIn } from '#app/identity/clean_up'
import { refreshRegister } from '#app/register/refresh_register'
import { watchDisk } from '#app/shared/alarms'
import { destroyDueKeys } from '#app/shared/sealing'
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
