import sharp from 'sharp'
import logger from '@adonisjs/core/services/logger'
import { advance } from '#app/flow/advance'
import { nameOfError } from '#app/core/name_of_error'
import { recurringJobs, runOnce } from '#app/core/recurring'
import { startWorker } from '#app/core/queue'
import { stackOf } from '#app/core/stack_of'
import type { FlowSubject } from '#app/core/subjects'

/** Steps of files at the same time: one is decoded while the pages of another are put in order. */
const DECODING_CONCURRENCY = 2
/** Pages read at the same time. */
const READING_CONCURRENCY = 2
const FLOW_CONCURRENCY = 4

/** Works the queue and runs what recurs; returns how to stop. */
export async function runWorker(): Promise<() => Promise<void>> {
  // Two pages at a time keep two cores busy; threads within a picture would only cost memory.
  sharp.concurrency(1)
  sharp.cache(false)
  const workers = [
    startWorker('decoding', DECODING_CONCURRENCY, step),
    startWorker('reading', READING_CONCURRENCY, step),
    startWorker('flow', FLOW_CONCURRENCY, step),
  ]
  const timers = recurringJobs.all().map((job) => {
    const tick = () => void runOnce(job)
    tick()
    return setInterval(tick, job.everySeconds * 1000)
  })
  return async () => {
    timers.forEach(clearInterval)
    await Promise.all(workers.map((worker) => worker.close()))
  }
}

/** The queue keeps the text of failures: it gets none of ours, which could quote a value. */
async function step(subject: FlowSubject): Promise<void> {
  try {
    await advance(subject)
  } catch (error) {
    logger.error(
      {
        subject,
        error: nameOfError(error),
        stack: stackOf(error),
      },
      'a step failed'
    )
    throw new Error('step failed')
  }
}
