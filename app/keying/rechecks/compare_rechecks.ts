import db from '@adonisjs/lucid/services/db'
import { UNREADABLE } from '#app/catalog/fields/characters'
import { frozenVersion } from '#app/catalog/frozen_version'
import { groupsOnPaper } from '#app/keying/key_task_of'
import { RECHECK_PASS } from '#app/keying/passes'
import { recheckListeners, type Difference } from '#app/keying/rechecks/recheck_listener'
import { stillStands } from '#app/keying/rechecks/still_stands'
import { latestValues, type Basis } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import { draftSealContext, type Draft } from '#app/tasks/keep_alive'
import { forgetDrafts } from '#app/tasks/keep_draft'

/** Bases of what was read from the paper; what a resident has said since, the paper doesn't show. */
const FROM_PAPER: Basis[] = ['agreed', 'adjudicated', 'single', 'machine']
const AT_ONCE = 200

/** Something known that was keyed again and can't be taken back any more. */
interface Keyed {
  id: string
  submission_id: string
  group_key: string
  task_id: string
  assignment_id: string
  user_id: string
}

/** Compares what was keyed of something known with what stands. Run every minute. */
export async function compareRechecks(): Promise<void> {
  for (const keyed of await finalOnes()) await transition((t) => compareOne(t, keyed))
}

async function finalOnes(): Promise<Keyed[]> {
  const { rows } = await db.rawQuery<{ rows: Keyed[] }>(
    `select r.id, r.submission_id, r.group_key, t.id as task_id, a.id as assignment_id, a.user_id
     from rechecks r
     join tasks t on t.subject_type = 'submission' and t.subject_id = r.submission_id and t.kind = 'key'
       and t.group_key = r.group_key and t.pass = ${RECHECK_PASS} and t.state = 'done'
     join assignments a on a.task_id = t.id and a.ended_reason = 'done' and coalesce(a.final_at, now()) <= now()
     where r.keyed_at is null and r.dropped_at is null
     order by r.created_at limit ${AT_ONCE}`
  )
  return rows
}

/**
 * Compares one. Where both differ somebody decides, and a value that was wrong is corrected, handed over again and told; the keys
 * themselves are not kept. Of what doesn't stand any more nothing is said.
 */
async function compareOne(t: Transition, keyed: Keyed): Promise<void> {
  const submission = await Submission.query({ client: t.trx })
    .where('id', keyed.submission_id)
    .forUpdate()
    .firstOrFail()
  const held: { draft: Buffer | null } | null = await t.trx
    .from('assignments')
    .where({ id: keyed.assignment_id, ended_reason: 'done' })
    .whereRaw('coalesce(final_at, now()) <= now()')
    .select('draft')
    .first()
  // Meanwhile it was taken back, or erased.
  if (!held?.draft || submission.state === 'erased') return
  const isFirst: unknown[] = await t.trx
    .from('rechecks')
    .where('id', keyed.id)
    .whereNull('keyed_at')
    .update({ keyed_at: t.trx.raw('now()'), user_id: keyed.user_id })
    .returning(['id'])
  if (isFirst.length === 0) return
  const sealer = await openSealer(submission.dataKeyId, t.trx)
  const { values } = sealer.openJson<Draft>(draftSealContext(keyed.assignment_id), held.draft)
  await forgetDrafts(t, keyed.task_id)
  await compare(t, keyed, submission, values ?? {})
}

async function compare(
  t: Transition,
  { id, group_key: groupKey, user_id: userId }: Keyed,
  submission: Submission,
  values: Record<string, string>
): Promise<void> {
  const version = await frozenVersion(submission.serviceVersionId, t.trx)
  const group = (await groupsOnPaper(t.trx, submission, version)).find(
    (one) => one.group.key === groupKey
  )
  if (!group || !(await stillStands(t.trx, submission))) return
  const standing = (await latestValues(submission, t.trx))?.values
  const keyers = [userId, ...(await keyersOf(t, submission, groupKey))]
  let differing = 0
  for (const { key: field, kind } of group.group.fields) {
    const stands = standing?.get(field)
    const typed = values[field] ?? ''
    const isComparable = stands && FROM_PAPER.includes(stands.basis) && !typed.includes(UNREADABLE)
    if (!isComparable) continue
    const differs = typed !== stands.value
    if (differs) differing++
    const asked = differs ? await askAll(t, { userId, keyers, submission, field, typed }) : null
    await t.trx.table('recheck_fields').insert({
      recheck_id: id,
      field_key: field,
      kind,
      basis: stands.basis,
      differs,
      correction_id: asked,
    })
  }
  t.recordOnly({
    verb: 'recheck.keyed',
    subject: { type: 'recheck', id },
    clientId: submission.clientId,
    submissionId: submission.id,
    actorId: userId,
    detail: { group: groupKey, differing },
  })
}

/** Finds those by whom a group's values came to stand: they don't decide on them. */
async function keyersOf(t: Transition, { id }: Submission, groupKey: string): Promise<string[]> {
  const rows: { user_id: string }[] = await t.trx
    .from('entries')
    .where({ submission_id: id, group_key: groupKey })
    .whereNotNull('user_id')
    .distinct('user_id')
  return rows.map((row) => row.user_id)
}

async function askAll(t: Transition, difference: Difference): Promise<string | null> {
  let asked: string | null = null
  for (const { differed } of recheckListeners.all())
    asked ??= (await differed?.(t, difference)) ?? null
  return asked
}
