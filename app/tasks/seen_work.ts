import { NIL } from 'uuid'
import db from '@adonisjs/lucid/services/db'
import type { Text } from '#app/catalog/description'
import { frozenVersion } from '#app/catalog/frozen_version'
import type { Site } from '#app/people/user'
import { TIME_ZONE, wallTime } from '#app/core/clock'
import { csvLines, csvStart } from '#app/core/csv_file'
import { addDays } from '#app/core/japanese_calendar'
import { taskKinds } from '#app/tasks/task_kind'

/** A client, and the days of its work that are listed (`YYYY-MM-DD`, both of them in it). */
export interface SeenPeriod {
  clientId: string
  from: string
  until: string
}

/** Words of the table, in the reader's language. */
export interface SeenWords {
  headings: string[]
  say: (key: string) => string
  part: (label: Text) => string
}

interface Row {
  id: string
  started_at: Date
  /** the same as the database has it, finer than a millisecond */
  at: string
  ended_at: Date | null
  ended_reason: string | null
  name: string
  login: string
  site: Site
  kind: string
  part: string
  receipt: string | null
  version: string | null
}

const AT_ONCE = 1000

/**
 * The record of what of a client's work was on whose screen, from when to when and where: its inspector's list, a part at
 * a time. Of protected people (支援措置) the number stands only for who is named for them.
 */
export async function* seenWork(
  period: SeenPeriod,
  words: SeenWords,
  { seesProtected }: { seesProtected: boolean }
): AsyncGenerator<Buffer> {
  yield Buffer.concat([csvStart('utf8'), csvLines([words.headings], 'utf8').bytes])
  for (let after: Row | undefined; ;) {
    const rows = await rowsAfter(period, after, seesProtected)
    if (rows.length === 0) return
    const lines = await Promise.all(rows.map((row) => lineOf(row, words)))
    yield csvLines(lines, 'utf8').bytes
    after = rows.at(-1)
  }
}

/** Rows in the order of their time, found along an index of it. */
async function rowsAfter(
  { clientId, from, until }: SeenPeriod,
  after: Row | undefined,
  seesProtected: boolean
): Promise<Row[]> {
  const { rows } = await db.rawQuery<{ rows: Row[] }>(
    `select a.id, a.started_at, cast(a.started_at as text) as at, a.ended_at, a.ended_reason, u.display_name as name, u.login, a.site, t.kind,
       t.group_key as part, s.receipt, f.service_version_id as version
     from assignments a join tasks t on t.id = a.task_id join users u on u.id = a.user_id
     left join submissions f on f.id = t.submission_id
     left join submissions s on s.id = t.submission_id and (:named or not s.protected)
     where t.client_id = :client and a.started_at < cast(:until as timestamp) at time zone '${TIME_ZONE}'
       and (a.started_at, a.id) > (${after ? 'cast(:from as timestamptz)' : `cast(:from as timestamp) at time zone '${TIME_ZONE}'`}, cast(:after as uuid))
     order by a.started_at, a.id limit ${AT_ONCE}`,
    {
      client: clientId,
      named: seesProtected,
      from: after?.at ?? from,
      after: after?.id ?? NIL,
      until: addDays(until, 1),
    }
  )
  return rows
}

async function lineOf(row: Row, { say, part }: SeenWords): Promise<string[]> {
  const version = row.version ? await frozenVersion(row.version) : null
  return [
    wallTime(row.started_at),
    row.ended_at ? wallTime(row.ended_at) : '',
    row.name,
    row.login,
    say(`people.site_${row.site}`),
    say(taskKinds.get(row.kind).label),
    version?.hasGroup(row.part) ? part(version.group(row.part).label) : '',
    row.receipt ?? '',
    say(`tasks.seen_${row.ended_reason ?? 'open'}`),
  ]
}
