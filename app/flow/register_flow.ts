import { recurringJobs } from '#app/core/recurring'
import { sweep } from '#app/flow/sweeper'

/** Registers what this room brings. */
export function registerFlow(): void {
  recurringJobs.register({ name: 'sweep', everySeconds: 5, run: sweep })
}
