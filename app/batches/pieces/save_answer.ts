import type Batch from '#app/batches/batch'
import { fieldsOf } from '#app/batches/kinds/work_definition'
import { giveFilesTo } from '#app/batches/pieces/answer_files'
import { answersOf, differing, type Given } from '#app/batches/pieces/answers_of'
import { AGAIN_MINUTES, callNoMore, MAX_CALLS, outcomeOfCall } from '#app/batches/pieces/called'
import Piece, { answerSealContext } from '#app/batches/pieces/piece'
import { decisionTaskOf, pieceTaskOf, SECOND_PASS } from '#app/batches/pieces/piece_task_of'
import { addTask } from '#app/tasks/add_task'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'
import { keepDraft } from '#app/tasks/keep_draft'
import { newId } from '#app/core/ids'
import { openSealer, type Sealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

/**
 * Keeps what somebody answered to a piece, once, and looks what follows: it stands, a second person is asked, or a leader
 * is. After the lease has run out nothing is entered: the values stay as a draft.
 */
export async function saveAnswer(
  assignment: Assignment,
  batch: Batch,
  given: Given
): Promise<'saved' | 'already_saved' | 'late'> {
  return transition(async (t) => {
    const piece = await lockPiece(t, assignment.task.subjectId)
    const sealer = await openSealer(piece.dataKeyId, t.trx)
    if (!(await endAssignment(t, assignment, 'done'))) {
      const saved: unknown = await t.trx
        .from('piece_answers')
        .where('assignment_id', assignment.id)
        .first()
      if (saved) return 'already_saved'
      if (given.values) await keepDraft(t, assignment, sealer, { values: given.values })
      return 'late'
    }
    const { pass } = assignment.task
    const answerId = await insertAnswer(t, sealer, piece, given, {
      pass,
      userId: assignment.userId,
      assignmentId: assignment.id,
      packId: await packAt(t, assignment, batch.id),
    })
    await goOn(t, batch, piece, { pass, answerId, given, sealer, userId: assignment.userId })
    t.announce(`batches/${batch.id}`)
    return 'saved'
  })
}

interface Saved {
  pass: number
  answerId: string
  given: Given
  sealer: Sealer
  userId: string
}

async function goOn(t: Transition, batch: Batch, piece: Piece, saved: Saved): Promise<void> {
  const { pass, answerId, given, sealer, userId } = saved
  const called = outcomeOfCall(batch.definition, given.values)
  // They have said so, whatever else came of it.
  if (called === 'never') await callNoMore(t, { id: userId }, { batch, piece, sealer })
  if (given.cannot !== undefined) return ask(t, batch, piece, userId)
  if (called === 'again' && piece.calls + 1 < MAX_CALLS) {
    await piece.comeAgain(t, userId)
    return addTask(t, {
      ...pieceTaskOf(batch, { id: piece.id, round: piece.round + 1 }, 1),
      afterMinutes: AGAIN_MINUTES,
    })
  }
  if (!piece.checked)
    return piece.finish(t, { answerId, basis: 'single', fieldsChecked: 0, fieldsWrong: 0 }, userId)
  if (pass !== SECOND_PASS) return addTask(t, pieceTaskOf(batch, piece, SECOND_PASS))
  const fields = fieldsOf(batch.definition)
  const [first] = await answersOf(piece, sealer, t.trx)
  if (differing(fields, first.values ?? {}, given.values ?? {}).length > 0)
    return ask(t, batch, piece, userId)
  const standing = { answerId: first.id, basis: 'agreed' as const }
  await piece.finish(t, { ...standing, fieldsChecked: fields.length, fieldsWrong: 0 }, userId)
}

async function ask(t: Transition, batch: Batch, piece: Piece, userId: string): Promise<void> {
  await piece.dispute(t, userId)
  await addTask(t, decisionTaskOf(batch, piece))
}

interface By {
  pass: number
  userId: string
  assignmentId: string
  packId: string | null
}

/** Keeps an answer, sealed with the key of its piece; returns its id. */
export async function insertAnswer(
  t: Transition,
  sealer: Sealer,
  piece: Piece,
  given: Given,
  { pass, userId, assignmentId, packId }: By
): Promise<string> {
  const id = newId()
  await t.trx.table('piece_answers').insert({
    id,
    piece_id: piece.id,
    batch_id: piece.batchId,
    round: piece.round,
    pass,
    user_id: userId,
    assignment_id: assignmentId,
    pack_id: packId,
    given: sealer.sealJson(answerSealContext(id), given),
    // With what was begun before a pause, in an earlier lease.
    seconds: t.trx.raw(
      `(select coalesce(round(extract(epoch from sum(s.ended_at - s.started_at))), 0)::int
        from activity_spans s join assignments a on a.id = s.assignment_id
        join assignments this on this.task_id = a.task_id and this.user_id = a.user_id where this.id = ?)`,
      [assignmentId]
    ),
  })
  if (given.values) await giveFilesTo(t, { answerId: id, userId, pieceId: piece.id })
  t.recordOnly({
    verb: 'piece.answered',
    subject: { type: 'piece', id: piece.id },
    clientId: piece.clientId,
    actorId: userId,
    detail: { pass, round: piece.round },
  })
  return id
}

/** The pack in which somebody began a piece, though its time may be over by now: what was begun in it is paid. */
export async function packAt(
  t: Transition,
  { userId, startedAt }: Assignment,
  batchId: string
): Promise<string | null> {
  const pack: { id: string } | null = await t.trx
    .from('packs')
    .where({ user_id: userId, batch_id: batchId })
    .where('accepted_at', '<=', startedAt.toJSDate())
    .orderBy('accepted_at', 'desc')
    .select('id')
    .first()
  return pack?.id ?? null
}

/** A piece, locked. */
export function lockPiece(t: Transition, id: string): Promise<Piece> {
  return Piece.query({ client: t.trx }).where('id', id).forUpdate().firstOrFail()
}
