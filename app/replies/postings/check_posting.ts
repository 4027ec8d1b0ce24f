import type User from '#app/people/user'
import { today } from '#app/core/clock'
import db from '@adonisjs/lucid/services/db'
import { isAtStandstill } from '#app/core/standstill'
import { transition } from '#app/core/transition'
import type Posting from '#app/replies/postings/posting'
import { linesOf, sumOf } from '#app/replies/postings/posting_lines'
import { lockRun } from '#app/replies/print_runs/lock_run'
import type PrintRun from '#app/replies/print_runs/print_run'
import { pullStopped } from '#app/replies/print_runs/recheck_sheets'
import { products } from '#app/replies/products/product'

/** Sheets of a run by their numbers. */
export interface NumbersOf {
  run: number
  numbers: number[]
}

/** A run whose letters bear another day than today. */
export interface OtherDay {
  run: number
  /** YYYY-MM-DD */
  day: string
}

/** The reason for which a posting can't go as it is. */
export type Hindrance =
  | { reason: 'standstill' | 'too_heavy' | 'changed' }
  /** runs that were taken apart since */
  | { reason: 'not_enclosed'; runs: number[] }
  /** letters that may not go any more: they are taken out of their stacks first */
  | { reason: 'stopped'; takeOut: NumbersOf[] }
  | { reason: 'other_day'; days: OtherDay[] }

/** Everything that whoever hands it over has seen and agreed to. */
export interface Seen {
  /** pieces that stood on the button */
  pieces: number | null
  /** runs and days, as `keyOfDays` writes them, that go on another day than they bear */
  otherDays: string
}

/**
 * Looks for all that hinders a posting before anything of it counts as posted. What may not go any more is pulled; the
 * pieces are then others than were seen, and nothing goes until somebody has seen those.
 */
export async function checkPosting(
  user: User,
  posting: Posting,
  runs: PrintRun[],
  seen: Seen
): Promise<Hindrance | null> {
  if (await isAtStandstill()) return { reason: 'standstill' }
  const open = runs.filter(({ state }) => state !== 'posted')
  const apart = open.filter(({ state }) => state !== 'enclosed')
  if (apart.length > 0) return { reason: 'not_enclosed', runs: apart.map(({ number }) => number) }
  const takeOut = await pullAll(user, open)
  if (takeOut.length > 0) return { reason: 'stopped', takeOut }
  const lines = await linesOf(
    posting,
    runs.map(({ id }) => id),
    db
  )
  if (!lines) return { reason: 'too_heavy' }
  if (seen.pieces !== sumOf(lines).pieces) return { reason: 'changed' }
  const days = otherDaysOf(open)
  if (days.length > 0 && keyOfDays(days) !== seen.otherDays) return { reason: 'other_day', days }
  return null
}

/** Days of runs as a form sends them back. */
export function keyOfDays(days: OtherDay[]): string {
  return days.map(({ run, day }) => `${run}:${day}`).join(' ')
}

function otherDaysOf(runs: PrintRun[]): OtherDay[] {
  return runs.flatMap(({ number, product, datedOn }) =>
    products.get(product).numbered && datedOn && datedOn !== today()
      ? [{ run: number, day: datedOn }]
      : []
  )
}

async function pullAll(user: User, runs: PrintRun[]): Promise<NumbersOf[]> {
  const takeOut: NumbersOf[] = []
  for (const { id, number } of runs) {
    const stopped = await transition(async (t) => {
      const run = await lockRun(t, id)
      return run.state === 'enclosed' ? pullStopped(t, run, user.id) : []
    })
    if (stopped.length > 0) takeOut.push({ run: number, numbers: stopped.map((one) => one.number) })
  }
  return takeOut
}
