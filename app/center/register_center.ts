import { recurringJobs } from '#app/core/recurring'
import { sealEvents } from '#app/center/audit/seal_events'

/** Registers what this room brings. */
export function registerCenter(): void {
  recurringJobs.register({ name: 'seal events', everySeconds: 60, run: sealEvents })
}
