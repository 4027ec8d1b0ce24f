import db from '@adonisjs/lucid/services/db'
import { frozenVersion } from '#app/catalog/frozen_version'
import { RECHECK_PASS, THIRD_PASS } from '#app/keying/passes'
import type { Queries } from '#app/core/queries'
import type { Described } from '#app/tasks/task_kind'

/** Something known that was keyed again, of the task `t`, is compared once nobody can take it back any more. */
const NOT_COMPARED = `exists (select 1 from rechecks r where r.submission_id = t.subject_id and r.group_key = t.group_key
  and r.keyed_at is null and r.dropped_at is null)`

/**
 * Whether an entry, of the assignment `a` of the task `t` about the submission `s`, may still be opened again: nothing
 * was made of it yet, nobody else has worked on its group in this round or does so now, nor is anybody asked to decide.
 */
const REOPENABLE = `case when t.pass = ${RECHECK_PASS} then ${NOT_COMPARED} else s.state in ('keying', 'adjudicating') and t.round = s.round and not exists (
    select 1 from tasks o join assignments b on b.task_id = o.id
    where o.subject_type = t.subject_type and o.subject_id = t.subject_id and o.group_key = t.group_key
      and o.round = t.round and b.user_id <> a.user_id and (b.ended_at is null or b.ended_reason = 'done'))
  and not exists (
    select 1 from tasks d
    where d.subject_type = t.subject_type and d.subject_id = t.subject_id and d.group_key = t.group_key
      and d.round = t.round and (d.kind = 'adjudicate' or d.pass = ${THIRD_PASS})) end`

/** An entry that its keyer may open again. */
export interface Reopenable {
  assignmentId: string
  taskId: string
  submissionId: string
  groupKey: string
  pass: number
}

/** Finds an entry by its assignment, if its keyer may still open it again. */
export async function reopenable(
  assignmentId: string,
  client: Queries = db
): Promise<Reopenable | null> {
  const { rows } = await client.rawQuery<{ rows: Reopenable[] }>(
    `select a.id as "assignmentId", t.id as "taskId", s.id as "submissionId", t.group_key as "groupKey", t.pass
     from assignments a join tasks t on t.id = a.task_id join submissions s on s.id = t.subject_id
     where a.id = :assignment and t.kind = 'key' and a.ended_reason = 'done' and ${REOPENABLE}`,
    { assignment: assignmentId }
  )
  return rows[0] ?? null
}

/** Says of entries, by their assignments, which part of a form each was, and whether it may be opened again. */
export async function describeEntries(assignmentIds: string[]): Promise<Map<string, Described>> {
  const { rows } = await db.rawQuery<{
    rows: { id: string; group: string; version: string; mayReopen: boolean }[]
  }>(
    `select a.id, t.group_key as "group", s.service_version_id as version, (${REOPENABLE}) as "mayReopen"
     from assignments a join tasks t on t.id = a.task_id join submissions s on s.id = t.subject_id
     where a.id = any(:ids)`,
    { ids: assignmentIds }
  )
  return new Map(
    await Promise.all(
      rows.map(async ({ id, group, version, mayReopen }): Promise<[string, Described]> => {
        const { label } = (await frozenVersion(version)).group(group)
        return [id, { label, mayReopen }]
      })
    )
  )
}
