import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { filesOfAnswers, type AnswerFile } from '#app/batches/pieces/answer_files'
import { openGiven } from '#app/batches/pieces/answers_of'
import type Piece from '#app/batches/pieces/piece'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/** An answer to a piece, in whichever round. */
export interface PastAnswer {
  round: number
  pass: number
  name: string
  at: Date
  seconds: number
  values: Record<string, string> | null
  cannot: string | null
  files: AnswerFile[]
  /** whether it is the one that stands */
  stands: boolean
}

/** Opens all that was answered to a piece, in its order; that somebody looked is kept. */
export async function pieceHistory(user: User, piece: Piece): Promise<PastAnswer[]> {
  const sealer = await openSealer(piece.dataKeyId)
  const rows: {
    id: string
    round: number
    pass: number
    name: string
    created_at: Date
    seconds: number
    given: Buffer | null
  }[] = await db
    .from('piece_answers as a')
    .join('users as u', 'u.id', 'a.user_id')
    .where('a.piece_id', piece.id)
    .orderBy('a.round')
    .orderBy('a.pass')
    .select('a.id', 'a.round', 'a.pass', 'u.display_name as name', 'a.created_at', 'a.seconds')
    .select('a.given')
  const files = await filesOfAnswers(piece.id, sealer)
  await transition(async (t) => {
    t.recordOnly({
      verb: 'piece.viewed',
      subject: { type: 'piece', id: piece.id },
      clientId: piece.clientId,
      actorId: user.id,
    })
  })
  return rows.map((row) => ({
    round: row.round,
    pass: row.pass,
    name: row.name,
    at: row.created_at,
    seconds: row.seconds,
    ...openGiven(sealer, row.id, row.given),
    files: files.get(row.id) ?? [],
    stands: row.id === piece.answerId,
  }))
}
