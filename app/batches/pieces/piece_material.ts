import db from '@adonisjs/lucid/services/db'
import { ownBatch } from '#app/batches/own_batch'
import { isSound } from '#app/batches/media_type'
import Piece from '#app/batches/pieces/piece'
import type User from '#app/people/user'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'

export interface Material {
  type: string
  content: Buffer
}

/** Opens a picture of a piece; null where there is none. */
export async function pictureOf(pieceId: string, number: number): Promise<Material | null> {
  const row: { file: string; data_key_id: string } | null = await db
    .from('piece_pictures')
    .where({ piece_id: pieceId, number })
    .select('file', 'data_key_id')
    .first()
  if (!row) return null
  const sealer = await openSealer(row.data_key_id)
  return { type: 'image/jpeg', content: await readSealedFile(sealer, row.file) }
}

/** Opens the sound of a piece; null where it has none. */
export async function soundOf(pieceId: string): Promise<Material | null> {
  const piece = await Piece.findOrFail(pieceId)
  if (!piece.file || !isSound(piece.mediaType)) return null
  const sealer = await openSealer(piece.dataKeyId)
  return { type: piece.mediaType!, content: await readSealedFile(sealer, piece.file) }
}

/** A piece of a batch that somebody may know of, by its number. @throws 404 */
export async function pieceOfBatch(user: User, batchId: string, number: number): Promise<Piece> {
  const batch = await ownBatch(user, batchId)
  return Piece.query().where({ batchId: batch.id, number }).firstOrFail()
}
