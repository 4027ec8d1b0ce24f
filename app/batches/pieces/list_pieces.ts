import db from '@adonisjs/lucid/services/db'
import { PAGE_SIZE } from '#app/core/paging'
import type Batch from '#app/batches/batch'
import { pieceNoteSealContext, type PieceBasis, type PieceState } from '#app/batches/pieces/piece'
import { openSealers } from '#app/core/sealing'

export const PIECE_STATES = ['open', 'disputed', 'finished', 'left_out'] as const

export interface ListedPiece {
  number: number
  /** of the table that was handed in */
  rows: number[]
  state: PieceState
  basis: PieceBasis | null
  reason: string | null
  /** why somebody left it out */
  note: string | null
  round: number
}

/** Lists a page of a batch's pieces in the order of their numbers, read on from the last one of the page before. */
export async function listPieces(
  batch: Pick<Batch, 'id' | 'contentsRemovedAt'>,
  { state, after }: { state: (typeof PIECE_STATES)[number] | null; after: number }
): Promise<{ pieces: ListedPiece[]; hasMore: boolean }> {
  const rows: (Omit<ListedPiece, 'note'> & Sealed)[] = await db
    .from('pieces')
    .where('batch_id', batch.id)
    .where('number', '>', after)
    .if(state, (query) => query.where('state', state!))
    .orderBy('number')
    .limit(PAGE_SIZE + 1)
    .select('id', 'number', 'rows', 'state', 'basis', 'reason', 'round', 'note', 'data_key_id')
  const pieces = await withNotes(rows, batch.contentsRemovedAt !== null)
  return { pieces: pieces.slice(0, PAGE_SIZE), hasMore: pieces.length > PAGE_SIZE }
}

interface Sealed {
  id: string
  note: Buffer | null
  data_key_id: string
}

/** Opens why pieces were left out; what is said to whoever does one again is theirs. */
async function withNotes(
  rows: (Omit<ListedPiece, 'note'> & Sealed)[],
  areRemoved: boolean
): Promise<ListedPiece[]> {
  const said = rows.filter(({ state, note }) => note && state === 'left_out' && !areRemoved)
  const sealers = await openSealers(said.map((row) => row.data_key_id))
  return rows.map(({ id, note, data_key_id: key, ...piece }) => ({
    ...piece,
    note:
      note && piece.state === 'left_out'
        ? (sealers.get(key)?.openText(pieceNoteSealContext(id), note) ?? null)
        : null,
  }))
}

/** `?after=25`: the number of the last piece of the page before; 0 on the first page. */
export function afterNumber({ after }: Record<string, unknown>): number {
  return typeof after === 'string' && /^\d{1,6}$/.test(after) ? Number(after) : 0
}
