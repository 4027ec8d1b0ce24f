import { PieceSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

export type PieceState = 'received' | 'open' | 'disputed' | 'finished' | 'left_out'
export type PieceBasis = 'single' | 'agreed' | 'adjudicated'

const RULES: StateRules<PieceState> = {
  table: 'pieces',
  subject: 'piece',
  from: {
    received: [],
    // To be done again.
    open: ['received', 'finished', 'disputed', 'left_out'],
    disputed: ['open'],
    finished: ['open', 'disputed'],
    left_out: ['received', 'disputed'],
  },
}

/** The answer that stands, and of how many fields it is known whether the first one was right. */
export interface Standing {
  answerId: string
  basis: PieceBasis
  fieldsChecked: number
  fieldsWrong: number
}

/** One piece of a batch. Its state changes by its methods alone, each with its event. */
export default class Piece extends PieceSchema {
  declare state: PieceState
  declare basis: PieceBasis | null

  /** It came in by mistake; the row must be locked. */
  async takeOut(t: Transition, by: { id: string }): Promise<void> {
    await this.useTransaction(t.trx).delete()
    t.recordOnly({
      verb: 'batch.file_taken_out',
      subject: { type: 'batch', id: this.batchId },
      clientId: this.clientId,
      actorId: by.id,
      detail: { number: this.number },
    })
  }

  /** They are there to be done. */
  static async open(t: Transition, ids: string[]): Promise<void> {
    await changeState(t, RULES, ids, 'open', { from: ['received'] })
  }

  /** An answer stands; the row must be locked. */
  async finish(t: Transition, standing: Standing, actorId: string): Promise<void> {
    await changeState(t, RULES, [this.id], 'finished', {
      actorId,
      set: {
        answer_id: standing.answerId,
        basis: standing.basis,
        fields_checked: standing.fieldsChecked,
        fields_wrong: standing.fieldsWrong,
        reason: null,
      },
      detail: { basis: standing.basis },
    })
  }

  /** Answers differ, or somebody couldn't do it; the row must be locked. */
  async dispute(t: Transition, actorId: string): Promise<void> {
    await changeState(t, RULES, [this.id], 'disputed', { actorId })
  }

  /** The product itself leaves it out, for a reason that has words; the row must be locked. */
  async leaveOut(t: Transition, reason: string): Promise<void> {
    await changeState(t, RULES, [this.id], 'left_out', { set: { reason } })
  }

  /** Somebody leaves it out, and says to the client why (sealed); the row must be locked. */
  async leaveOutBecause(t: Transition, note: Buffer, actorId: string): Promise<void> {
    await changeState(t, RULES, [this.id], 'left_out', { actorId, set: { reason: null } })
    await t.trx.from('pieces').where('id', this.id).update({ note })
  }

  /** It is done once more, in its next round; whoever does it reads why (sealed). The row must be locked. */
  async redo(t: Transition, note: Buffer, actorId: string): Promise<void> {
    await changeState(t, RULES, [this.id], 'open', {
      verb: 'piece.sent_back',
      from: ['finished', 'disputed', 'left_out'],
      actorId,
      set: { round: this.round + 1, reason: null, answer_id: null, basis: null },
    })
    await t.trx
      .from('pieces')
      .where('id', this.id)
      .update({ note, fields_checked: null, fields_wrong: null })
  }

  /** It is answered, and done once more in its next round all the same; the row must be locked. */
  async comeAgain(t: Transition, actorId: string): Promise<void> {
    await t.trx
      .from('pieces')
      .where('id', this.id)
      .update({ round: this.round + 1, calls: this.calls + 1 })
    t.recordOnly({
      verb: 'piece.comes_again',
      subject: { type: 'piece', id: this.id },
      clientId: this.clientId,
      actorId,
      detail: { round: this.round + 1 },
    })
  }

  /** A second person is to answer it too; the row must be locked. */
  async checkFurther(t: Transition, actorId: string): Promise<void> {
    await changeState(t, RULES, [this.id], 'open', {
      verb: 'piece.checked_further',
      from: ['finished'],
      actorId,
      set: { answer_id: null, basis: null },
    })
    await t.trx.from('pieces').where('id', this.id).update({ checked: true })
  }
}

/** The contexts that sealed values of a piece are bound to. */
export const givenSealContext = (pieceId: string) => `pieces.given:${pieceId}`
export const nameSealContext = (pieceId: string) => `pieces.name:${pieceId}`
export const pieceNoteSealContext = (pieceId: string) => `pieces.note:${pieceId}`
export const answerSealContext = (answerId: string) => `piece_answers.given:${answerId}`
