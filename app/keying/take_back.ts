import { reopenable } from '#app/keying/reopenable'
import { entrySealContext } from '#app/keying/entry'
import { RECHECK_PASS } from '#app/keying/passes'
import type { Site } from '#app/people/user'
import type User from '#app/people/user'
import Submission from '#app/submissions/submission'
import { openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import db from '@adonisjs/lucid/services/db'
import { draftSealContext, type Draft } from '#app/tasks/keep_alive'
import type { TakenBack } from '#app/tasks/task_kind'
import { makeResultsFinal, reopenResult } from '#app/tasks/take_back_result'
import { claim } from '#app/tasks/take_next_task'

/** Seconds in which the entry that somebody saved last can be taken back, unless they save the next one before. */
export const TAKE_BACK_SECONDS = 120

/** The last entry that a person can still take back. */
export interface Retractable {
  assignmentId: string
  taskId: string
  submissionId: string
  groupKey: string
  pass: number
}

export async function retractable(userId: string): Promise<Retractable | null> {
  return db
    .from('assignments')
    .join('tasks', 'tasks.id', 'assignments.task_id')
    .where('assignments.user_id', userId)
    .whereRaw('assignments.final_at > now()')
    .orderBy('assignments.ended_at', 'desc')
    .select(
      'assignments.id as assignmentId',
      'tasks.id as taskId',
      'tasks.subject_id as submissionId',
      'tasks.group_key as groupKey',
      'tasks.pass'
    )
    .first()
}

/** The next entry is saved: what was saved before counts from now on. A request that others still key isn't looked at for it. */
export async function makeFinal(t: Transition, userId: string): Promise<void> {
  for (const id of await makeResultsFinal(t, userId)) t.wake({ type: 'submission', id })
}

/**
 * Takes back the entry that somebody saved last, which counted for nothing yet, or that of a certain assignment, as long as
 * nobody else has worked on its group: its task is theirs again, with what they had keyed. The task at hand is given back.
 */
export async function takeBack(user: User, site: Site, assignmentId?: string): Promise<TakenBack> {
  const last = assignmentId ? await reopenable(assignmentId) : await retractable(user.id)
  if (!last) return { ok: false, reason: 'not_taken_back' }
  const isKnown = last.pass === RECHECK_PASS
  const back = await transition(async (t) => {
    const submission = await Submission.query({ client: t.trx })
      .where('id', last.submissionId)
      .whereIn('state', isKnown ? ['replying', 'closed'] : ['keying', 'adjudicating'])
      .forUpdate()
      .first()
    if (!submission) return null
    // Meanwhile it may count, or somebody else have begun.
    const stillIs = assignmentId
      ? (await reopenable(assignmentId, t.trx)) !== null
      : await isHeldBack(t, last.assignmentId)
    if (!stillIs) return null
    const draft = isKnown ? await heldDraft(t, last) : await takeEntry(t, user, submission, last)
    await reopenResult(t, { ...last, userId: user.id }, draft)
    const taken = await claim(t, user, site, { taskId: last.taskId })
    // Not where they are now, or not any more: then it stays as it was.
    if (!taken.ok) throw new NotGiven()
    return taken.assignment.id
  }).catch((error: unknown) => {
    if (error instanceof NotGiven) return null
    throw error
  })
  return back ? { ok: true, assignmentId: back } : { ok: false, reason: 'not_taken_back' }
}

/** The task may not be done by who takes it back, where they are. */
class NotGiven extends Error {
  constructor() {
    super('the task is not given')
  }
}

/** Takes an entry away again. Returns what it held, as a sealed draft. */
async function takeEntry(
  t: Transition,
  user: User,
  submission: Submission,
  { assignmentId, taskId, groupKey }: Retractable
): Promise<Buffer> {
  const entry: { id: string; values: Buffer } = await t.trx
    .from('entries')
    .where('assignment_id', assignmentId)
    .select('id', 'values')
    .firstOrFail()
  const sealer = await openSealer(submission.dataKeyId, t.trx)
  const values = sealer.openJson<Record<string, string>>(entrySealContext(entry.id), entry.values)
  const draft: Draft = { values }
  await t.trx.from('entries').where('id', entry.id).delete()
  t.record({
    verb: 'entry.taken_back',
    subject: { type: 'task', id: taskId },
    clientId: submission.clientId,
    submissionId: submission.id,
    actorId: user.id,
    detail: { group: groupKey },
  })
  return sealer.sealJson(draftSealContext(assignmentId), draft)
}

/** Opens what was keyed of something known: it waits as a draft already. */
async function heldDraft(t: Transition, { assignmentId }: Retractable): Promise<Buffer> {
  const { draft }: { draft: Buffer } = await t.trx
    .from('assignments')
    .where('id', assignmentId)
    .select('draft')
    .firstOrFail()
  return draft
}

/** Whether what an assignment gave doesn't count yet. */
async function isHeldBack(t: Transition, assignmentId: string): Promise<boolean> {
  const held: unknown = await t.trx
    .from('assignments')
    .where('id', assignmentId)
    .whereRaw('final_at > now()')
    .first()
  return held !== null
}
