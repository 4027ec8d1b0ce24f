import db from '@adonisjs/lucid/services/db'
import { advance } from '#app/flow/advance'
import { requeue } from '#app/core/queue'
import { flowSubjects, type Waiting } from '#app/core/subjects'
import { transition } from '#app/core/transition'
import { releaseExpired } from '#app/tasks/take_next_task'

/** A wake-up that is older than this (seconds) was lost, or waits behind much work. */
const LOST_AFTER_SECONDS = 5
/** A record that has waited so long (seconds) waits for no turn any more. */
const LONG_AFTER_SECONDS = 600
const MAX = 200

/** Finds records whose wake-up was lost, and leases that have run out. */
export async function sweep(): Promise<void> {
  await transition((t) => releaseExpired(t))
  for (const subject of await waiting(LOST_AFTER_SECONDS))
    await requeue(subject, subject.seconds > LONG_AFTER_SECONDS)
}

interface Due extends Waiting {
  /** for how long already */
  seconds: number
}

/** Records that should have been advanced so many seconds ago and that nobody holds a claim on; of each type the oldest. */
async function waiting(seconds: number): Promise<Due[]> {
  const subjects = flowSubjects.all()
  const claims = subjects
    .filter((subject) => subject.claimed)
    .map(
      ({ name, table }) =>
        `select 1 from ${table} c where w.subject_type = '${name}' and c.id = w.subject_id and c.claimed_until > now()`
    )
  const { rows } = await db.rawQuery<{ rows: (Due & { turn: number | null })[] }>(
    `select types.type, w.* from unnest(cast(:types as text[])) as types (type) cross join lateral (
       select w.subject_id as id, w.turn, extract(epoch from now() - w.at)::int as seconds
       from wakes w
       where w.subject_type = types.type and w.at <= now() - make_interval(secs => :seconds)
         and not exists (${claims.join(' union all ')})
       order by w.at, w.id limit :max
     ) w`,
    { types: subjects.map((subject) => subject.name), seconds, max: MAX }
  )
  const first = new Map<string, Due>()
  for (const { turn, ...row } of rows)
    if (!first.has(row.id)) first.set(row.id, { ...row, ...(turn === null ? {} : { turn }) })
  return [...first.values()]
}

/** Advances everything that waits, in this process, until nothing does (tests, commands). */
export async function drainFlow(): Promise<void> {
  for (let subjects = await waiting(0); subjects.length > 0; subjects = await waiting(0)) {
    for (const subject of subjects) await advance(subject)
  }
}
