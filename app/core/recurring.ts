import { Registry } from '#app/core/registry'

/** A job that a worker does again and again, whoever else does it at the same time. */
export interface RecurringJob {
  name: string
  everySeconds: number
  run(): Promise<unknown>
}

/** Everything that recurs; each room registers its own. */
export const recurringJobs = new Registry<RecurringJob>('recurring job')
