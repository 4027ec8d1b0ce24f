import db from '@adonisjs/lucid/services/db'
import Batch from '#app/batches/batch'
import { fieldsOf, linkOf } from '#app/batches/kinds/work_definition'
import { isSound } from '#app/batches/media_type'
import { isLeftAlone, leftAlone, type LeftAlone } from '#app/batches/pieces/left_alone'
import Piece, {
  givenSealContext,
  nameSealContext,
  pieceNoteSealContext,
} from '#app/batches/pieces/piece'
import { openSealer } from '#app/core/sealing'

/** All that a screen shows of a piece before it is answered. */
export interface PieceShown {
  batch: Batch
  piece: Piece
  fields: ReturnType<typeof fieldsOf>
  /** what a table says of it, under its headings */
  given: { heading: string; value: string }[]
  /** of a file that came in */
  name: string | null
  pictures: number[]
  hasSound: boolean
  /** to the outside tool */
  link: string | null
  /** what somebody wrote of it: why it is done again, or left out */
  note: string | null
  /** why it isn't worked on, though it was when it was laid out */
  stopped: LeftAlone | null
  /** it is of a protected person, for named staff alone */
  isApart: boolean
  paragraphs: string[]
}

/** Opens a piece for who may see it. */
export async function pieceShown(pieceId: string): Promise<PieceShown> {
  const piece = await Piece.findOrFail(pieceId)
  const batch = await Batch.findOrFail(piece.batchId)
  const sealer = await openSealer(piece.dataKeyId)
  const cells = piece.given
    ? sealer.openJson<string[]>(givenSealContext(piece.id), piece.given)
    : []
  const pictures: { number: number }[] = await db
    .from('piece_pictures')
    .where('piece_id', piece.id)
    .orderBy('number')
    .select('number')
  const alone = (await leftAlone(batch, [{ id: piece.id, given: cells }])).get(piece.id)
  return {
    batch,
    piece,
    note: piece.note && sealer.openText(pieceNoteSealContext(piece.id), piece.note),
    isApart: alone === 'row_apart',
    fields: fieldsOf(batch.definition),
    given: cells.map((value, index) => ({
      heading: batch.headings?.[index] ?? String(index + 1),
      value,
    })),
    name: piece.name && sealer.openText(nameSealContext(piece.id), piece.name),
    pictures: pictures.map(({ number }) => number),
    hasSound: isSound(piece.mediaType),
    stopped: alone && isLeftAlone(alone) ? alone : null,
    link: batch.definition.material === 'link' ? linkOf(batch.definition, piece) : null,
    paragraphs: paragraphsOf(batch.definition.instructions),
  }
}

/** Divides instructions at their blank lines. */
export function paragraphsOf(instructions: string): string[] {
  return instructions.split(/\r?\n\s*\r?\n/).flatMap((one) => one.trim() || [])
}
