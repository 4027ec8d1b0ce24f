import db from '@adonisjs/lucid/services/db'
import { PAGE_SIZE } from '#app/core/paging'
import type Batch from '#app/batches/batch'
import {
  nameSealContext,
  pieceNoteSealContext,
  type PieceBasis,
  type PieceState,
} from '#app/batches/pieces/piece'
import { openSealers } from '#app/core/sealing'

export const PIECE_STATES = ['open', 'disputed', 'finished', 'left_out'] as const

export interface ListedPiece {
  number: number
  /** of the file, for who arranges the work */
  name: string | null
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
  {
    state,
    after,
    withNames,
  }: { state: (typeof PIECE_STATES)[number] | null; after: number; withNames: boolean }
): Promise<{ pieces: ListedPiece[]; hasMore: boolean }> {
  const rows: SealedPiece[] = await db
    .from('pieces')
    .where('batch_id', batch.id)
    .where('number', '>', after)
    .if(state, (query) => query.where('state', state!))
    .orderBy('number')
    .limit(PAGE_SIZE + 1)
    .select('id', 'number', 'rows', 'state', 'basis', 'reason', 'round')
    .select('note', 'name', 'data_key_id')
  const pieces = batch.contentsRemovedAt
    ? rows.map(({ id: _, data_key_id: __, ...piece }) => ({ ...piece, note: null, name: null }))
    : await openPieces(rows, withNames)
  return { pieces: pieces.slice(0, PAGE_SIZE), hasMore: pieces.length > PAGE_SIZE }
}

interface SealedPiece extends Omit<ListedPiece, 'note' | 'name'> {
  id: string
  note: Buffer | null
  name: Buffer | null
  data_key_id: string
}

/** Opens why pieces were left out, and what their files are called; what is said to whoever does one again is theirs. */
async function openPieces(rows: SealedPiece[], withNames: boolean): Promise<ListedPiece[]> {
  const sealers = await openSealers(rows.map((row) => row.data_key_id))
  return rows.map(({ id, note, name, data_key_id: key, ...piece }) => {
    const sealer = sealers.get(key)
    return {
      ...piece,
      name: (withNames && name && sealer?.openText(nameSealContext(id), name)) || null,
      note:
        (note && piece.state === 'left_out' && sealer?.openText(pieceNoteSealContext(id), note)) ||
        null,
    }
  })
}

/** `?after=25`: the number of the last piece of the page before; 0 on the first page. */
export function afterNumber({ after }: Record<string, unknown>): number {
  return typeof after === 'string' && /^\d{1,6}$/.test(after) ? Number(after) : 0
}
