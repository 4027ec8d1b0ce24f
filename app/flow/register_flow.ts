import { recurringJobs } from '#app/core/recurring'
import { followYoungPlans } from '#app/flow/service_plan_stage'
import { sweep } from '#app/flow/sweeper'

/** Registers what this room brings. */
export function registerFlow(): void {
  recurringJobs.register({ name: 'sweep', everySeconds: 5, run: sweep })
  recurringJobs.register({ name: 'follow young plans', everySeconds: 60, run: followYoungPlans })
}
