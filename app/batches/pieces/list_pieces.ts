import db from '@adonisjs/lucid/services/db'
import { PAGE_SIZE } from '#app/core/paging'
import type { PieceBasis, PieceState } from '#app/batches/pieces/piece'

export const PIECE_STATES = ['open', 'disputed', 'finished', 'left_out'] as const

export interface ListedPiece {
  number: number
  /** of the table that was handed in */
  rows: number[]
  state: PieceState
  basis: PieceBasis | null
  reason: string | null
  round: number
}

/** Lists a page of a batch's pieces in the order of their numbers, read on from the last one of the page before. */
export async function listPieces(
  batchId: string,
  { state, after }: { state: (typeof PIECE_STATES)[number] | null; after: number }
): Promise<{ pieces: ListedPiece[]; hasMore: boolean }> {
  const pieces: ListedPiece[] = await db
    .from('pieces')
    .where('batch_id', batchId)
    .where('number', '>', after)
    .if(state, (query) => query.where('state', state!))
    .orderBy('number')
    .limit(PAGE_SIZE + 1)
    .select('number', 'rows', 'state', 'basis', 'reason', 'round')
  return { pieces: pieces.slice(0, PAGE_SIZE), hasMore: pieces.length > PAGE_SIZE }
}

/** `?after=25`: the number of the last piece of the page before; 0 on the first page. */
export function afterNumber({ after }: Record<string, unknown>): number {
  return typeof after === 'string' && /^\d{1,6}$/.test(after) ? Number(after) : 0
}
