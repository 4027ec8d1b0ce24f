import type Batch from '#app/batches/batch'
import { namesPeople } from '#app/batches/pieces/left_alone'
import type Piece from '#app/batches/pieces/piece'
import type { NewTask } from '#app/tasks/add_task'

/** The pass of the person who answers without seeing the first. */
export const SECOND_PASS = 2
/** The pass of who decides. */
export const DECIDED_PASS = 3

/**
 * Whether its pieces may be done at home: kind and client agree, and no piece tells who somebody is. A picture or a
 * recording shows whatever is in it.
 */
export function isForHome({ definition, headings, homeWorkAgreed }: Batch): boolean {
  const tells =
    definition.material === 'file' || (definition.material === 'row' && namesPeople(headings ?? []))
  return definition.atHome && homeWorkAgreed && !tells
}

/** The task by which one person answers a piece. What a piece shows is one thing of its own: it links to nothing. */
export function pieceTaskOf(
  batch: Batch,
  piece: Pick<Piece, 'id' | 'round'>,
  pass: number
): NewTask {
  return {
    kind: 'piece',
    subject: { type: 'piece', id: piece.id },
    submissionId: null,
    clientId: batch.clientId,
    linkageId: piece.id,
    links: 'free',
    groupKey: batch.id,
    round: piece.round,
    pass,
    skill: batch.definition.skill ?? undefined,
    priority: batch.priority,
    dueOn: batch.dueOn,
    mayBeAtHome: isForHome(batch),
  }
}

/** The task by which a leader decides on a piece. */
export function decisionTaskOf(batch: Batch, piece: Pick<Piece, 'id' | 'round'>): NewTask {
  return {
    ...pieceTaskOf(batch, piece, 1),
    kind: 'piece_decide',
    skill: undefined,
    mayBeAtHome: false,
  }
}
