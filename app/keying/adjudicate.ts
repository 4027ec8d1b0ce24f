import type User from '#app/people/user'
import { normalize } from '#app/catalog/field_values'
import type { Problem } from '#app/catalog/fields/field_kind'
import type ServiceVersion from '#app/catalog/service_version'
import { compareEntries } from '#app/keying/compare_entries'
import { entriesOf } from '#app/keying/entry'
import Submission from '#app/submissions/submission'
import { versionOf } from '#app/submissions/version_of'
import { newId } from '#app/core/ids'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'

/** The leader's decision for a field: one of the entries, or a text of their own. */
export interface Decision {
  entryId?: string
  typed?: string
}

export type Adjudicated =
  | { ok: true }
  | { ok: false; reason: 'late' }
  | { ok: false; reason: 'incomplete'; missing: string[] }

/** Names the place that an adjudicated value is bound to. */
export function adjudicationSealContext(id: string): string {
  return `adjudications.value:${id}`
}

/**
 * Keeps the leader's decision for every field of a group on which the passes disagree. A character that
 * can't be read by the leader either stays ●.
 */
export async function adjudicate(
  leader: User,
  assignment: Assignment,
  decisions: Record<string, Decision>
): Promise<Adjudicated> {
  return transition(async (t) => {
    const { task } = assignment
    // Always the submission before its tasks: the flow locks them in that order.
    const submission = await Submission.query({ client: t.trx })
      .where('id', task.subjectId)
      .forUpdate()
      .firstOrFail()
    const version = await versionOf(submission, t.trx)
    const sealer = await openSealer(submission.dataKeyId, t.trx)
    const entries = (await entriesOf(submission.id, task.round, sealer, t.trx)).filter(
      (entry) => entry.groupKey === task.groupKey
    )
    const open = compareEntries(version.group(task.groupKey), entries).filter((one) => !one.agreed)

    const missing = open
      .filter(
        (one) =>
          !isDecided(
            decisions[one.field.key],
            one.entries.map(({ id }) => id)
          )
      )
      .map(({ field }) => field.key)
    if (missing.length > 0) return { ok: false, reason: 'incomplete', missing }
    if (!(await endAssignment(t, assignment, 'done'))) return { ok: false, reason: 'late' }

    for (const { field, entries: given } of open) {
      const decision = decisions[field.key]
      const chosen = given.find((entry) => entry.id === decision.entryId)
      const value = chosen
        ? (chosen.values[field.key] ?? '')
        : normalize(field, decision.typed ?? '').value
      const id = newId()
      await t.trx.table('adjudications').insert({
        id,
        submission_id: submission.id,
        field_key: field.key,
        round: task.round,
        chosen_entry_id: chosen?.id ?? null,
        value: sealer.sealText(adjudicationSealContext(id), value),
        by_user_id: leader.id,
      })
      await t.trx
        .table('adjudication_entries')
        .multiInsert(given.map((entry) => ({ adjudication_id: id, entry_id: entry.id })))
      t.record({
        verb: 'field.adjudicated',
        subject: { type: 'adjudication', id },
        clientId: submission.clientId,
        submissionId: submission.id,
        actorId: leader.id,
        detail: { field: field.key, typed: !chosen },
      })
    }
    return { ok: true }
  })
}

/** Problems of what the leader typed, to warn of before it stands. */
export function checkDecisions(
  version: ServiceVersion,
  decisions: Record<string, Decision>
): Record<string, Problem> {
  const problems: Record<string, Problem> = {}
  for (const [key, decision] of Object.entries(decisions)) {
    if (decision.typed === undefined || decision.entryId) continue
    const { problem } = normalize(version.field(key), decision.typed)
    if (problem && problem !== 'required') problems[key] = problem
  }
  return problems
}

function isDecided(decision: Decision | undefined, entryIds: string[]): boolean {
  if (!decision) return false
  return decision.entryId ? entryIds.includes(decision.entryId) : decision.typed !== undefined
}
