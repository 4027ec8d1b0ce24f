import logger from '@adonisjs/core/services/logger'
import { raiseAlarm } from '#app/core/alarms'
import type { HealthCheck } from '#app/core/health'
import { machineFault } from '#app/core/machine_fault'
import { Registry } from '#app/core/registry'
import { nameOfError } from '#app/core/name_of_error'

/** A job that a worker does again and again, whoever else does it at the same time. */
export interface RecurringJob {
  name: string
  everySeconds: number
  run(): Promise<unknown>
}

/** Everything that recurs; each room registers its own. */
export const recurringJobs = new Registry<RecurringJob>('recurring job')

/** A job that failed so often in a row doesn't mend itself: somebody is told. */
const TOLD_AFTER = 3

const failures = new Map<string, number>()

/** Does a job once. Never throws: a fault of the machine is an alarm at once, any other when it comes back. */
export async function runOnce({ name, run }: RecurringJob): Promise<void> {
  try {
    await run()
    failures.delete(name)
  } catch (error) {
    logger.error({ name, error: nameOfError(error) }, 'a recurring job failed')
    const fault = machineFault(error)
    if (fault) return raiseAlarm(fault)
    failures.set(name, (failures.get(name) ?? 0) + 1)
  }
}

/** Tells of jobs that fail again and again, in the process that does them. */
export const recurringCheck: HealthCheck = {
  name: 'recurring jobs',
  check: async () =>
    [...failures.values()].some((times) => times >= TOLD_AFTER) ? 'recurring' : null,
}
