import { benchAtHome } from '#bench/queue/at_home'
import { benchClaims } from '#bench/queue/claims'
import { givePages } from '#bench/queue/give_pages'
import { benchKeystrokes } from '#bench/queue/keystrokes'
import { benchFlips } from '#bench/queue/flips'
import { benchOperators } from '#bench/queue/operators'
import { seedQueue } from '#bench/queue/seed_queue'
import { benchBoard, benchWorkPage } from '#bench/queue/work_page'

/** A queue of 100,000 waiting tasks after a year of work. */
export async function benchQueue(): Promise<void> {
  await benchKeystrokes()
  const operators = await seedQueue()
  const values = await givePages()
  await benchWorkPage()
  await benchBoard()
  await benchClaims(operators)
  await benchAtHome(operators)
  await benchFlips(values)
  // At the end of their day, some have a task in their hands.
  await benchOperators(operators, values)
}
