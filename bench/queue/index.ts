import { benchClaims } from '#bench/queue/claims'
import { seedQueue } from '#bench/queue/seed_queue'
import { benchWorkPage } from '#bench/queue/work_page'

/** A queue of 100,000 waiting tasks after a year of work. */
export async function benchQueue(): Promise<void> {
  const operators = await seedQueue()
  await benchWorkPage()
  await benchClaims(operators)
}
