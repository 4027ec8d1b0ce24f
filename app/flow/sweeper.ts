import db from '@adonisjs/lucid/services/db'
import { advance } from '#app/flow/advance'
import { requeue } from '#app/shared/queue'
import {
  SUBJECT_TABLES,
  TURNS,
  isClaimed,
  type FlowSubjectType,
  type Waiting,
} from '#app/shared/subjects'
import { transition } from '#app/shared/transition'
import { releaseExpired } from '#app/work/take_next_task'

/** A wake-up that is older than this (seconds) was lost, or waits behind much work. */
const LOST_AFTER_SECONDS = 5
/** A record that has waited so long (seconds) waits for no turn any more. */
const LONG_AFTER_SECONDS = 600
const MOST = 200

/** Finds records whose wake-up was lost, and leases that have run out. */
export async function sweep(): Promise<void> {
  await transition((t) => releaseExpired(t))
  for (const subject of await waiting(LOST_AFTER_SECONDS))
    await requeue(subject, subject.seconds > LONG_AFTER_SECONDS)
}

/** Records whose `wake_at` has passed by so many seconds and that nobody holds a claim on. */
async function waiting(seconds: number): Promise<(Waiting & { seconds: number })[]> {
  const found: (Waiting & { seconds: number })[] = []
  for (const [type, table] of Object.entries(SUBJECT_TABLES) as [FlowSubjectType, string][]) {
    const turn = TURNS[type]
    const rows: { id: string; seconds: number; turn?: number }[] = await db
      .from(table)
      .whereRaw(`wake_at <= now() - make_interval(secs => ${seconds})`)
      .if(isClaimed(type), (query) =>
        query.where((claim) =>
          claim.whereNull('claimed_until').orWhereRaw('claimed_until <= now()')
        )
      )
      .orderBy('wake_at')
      .limit(MOST)
      .select('id', db.raw('extract(epoch from now() - wake_at)::int as seconds'))
      .if(turn, (query) => query.select(`${turn} as turn`))
    found.push(...rows.map((row) => ({ type, ...row })))
  }
  return found
}

/** Advances everything that waits, in this process, until nothing does (tests, commands). */
export async function settleAll(): Promise<void> {
  for (let subjects = await waiting(0); subjects.length > 0; subjects = await waiting(0)) {
    for (const subject of subjects) await advance(subject)
  }
}
