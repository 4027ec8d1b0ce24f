import db from '@adonisjs/lucid/services/db'
import type Batch from '#app/batches/batch'
import { fieldsOf } from '#app/batches/kinds/work_definition'
import { filesOfPieces } from '#app/batches/delivered_files'
import { openGiven } from '#app/batches/pieces/answers_of'
import { leftAlone } from '#app/batches/pieces/left_alone'
import { givenSealContext, nameSealContext, pieceNoteSealContext } from '#app/batches/pieces/piece'
import { csvLines, csvStart } from '#app/core/csv_file'
import { openSealers } from '#app/core/sealing'

const AT_ONCE = 500

/** Words that stand in a delivered table. */
export interface TableWords {
  number: string
  file: string
  /** of the files that an answer has */
  made: string
  state: string
  /** by the reason for which a piece was left out */
  leftOut(reason: string): string
}

interface Row {
  id: string
  number: number
  data_key_id: string
  given: Buffer | null
  name: Buffer | null
  state: string
  reason: string | null
  note: Buffer | null
  answer_id: string | null
  answer: Buffer | null
}

/**
 * Yields the table of what a batch came to (CSV, UTF-8): what was handed in, row by row in its order, and beside it what was
 * answered. Equal rows that were worked on once stand there as often as they were handed in.
 */
export async function* deliveredTable(
  batch: Batch,
  words: TableWords,
  options: { seesProtected: boolean }
): AsyncGenerator<Buffer> {
  const fields = fieldsOf(batch.definition)
  const headings = batch.headings ?? []
  const isOfFiles = batch.definition.material === 'file'
  const head = [
    words.number,
    ...headings,
    ...(isOfFiles ? [words.file] : []),
    ...fields.map(({ label }) => label.ja),
    ...(batch.definition.files ? [words.made] : []),
    words.state,
  ]
  yield Buffer.concat([csvStart('utf8'), csvLines([head], 'utf8').bytes])
  const order = await orderOf(batch.id)
  for (let from = 0; from < order.length; from += AT_ONCE) {
    const part = order.slice(from, from + AT_ONCE)
    const rows = await rowsOf(part.map(({ id }) => id))
    // Of protected people (支援措置), also of who became one since, only named staff read anything.
    const apart = options.seesProtected
      ? new Map<string, string>()
      : await leftAlone(
          batch,
          [...rows].map(([id, { given }]) => ({ id, given }))
        )
    const made = Map.groupBy(
      await filesOfPieces(batch, [...rows.keys()], options),
      ({ pieceId }) => pieceId
    )
    const lines = part.map(({ id, row }) => {
      const { piece, given, name, note, values } = rows.get(id)!
      const isApart = apart.get(id) === 'row_apart'
      const leftOut = piece.state === 'left_out' ? (piece.reason ?? note) : null
      const reason = isApart ? 'row_apart' : leftOut
      return [
        String(row ?? piece.number),
        ...headings.map((_, index) => (isApart ? '' : (given[index] ?? ''))),
        ...(isOfFiles ? [name] : []),
        ...fields.map(({ key }) => (isApart ? '' : (values[key] ?? ''))),
        ...(batch.definition.files
          ? [(made.get(id) ?? []).map(({ name: file }) => file).join('; ')]
          : []),
        reason ? words.leftOut(reason) : '',
      ]
    })
    yield csvLines(lines, 'utf8').bytes
  }
}

/** Lists the rows that were handed in, in their order, each with its piece. */
async function orderOf(batchId: string): Promise<{ id: string; row: number | null }[]> {
  const { rows } = await db.rawQuery<{ rows: { id: string; row: number | null }[] }>(
    `select p.id, r.row from pieces p left join lateral unnest(p.rows) as r (row) on true
     where p.batch_id = ? order by coalesce(r.row, p.number)`,
    [batchId]
  )
  return rows
}

async function rowsOf(ids: string[]) {
  const rows: Row[] = await db
    .from('pieces as p')
    .leftJoin('piece_answers as a', 'a.id', 'p.answer_id')
    .whereIn('p.id', ids)
    .select(
      'p.id',
      'p.number',
      'p.data_key_id',
      'p.given',
      'p.name',
      'p.state',
      'p.reason',
      'p.answer_id',
      'a.given as answer',
      'p.note'
    )
  const sealers = await openSealers(rows.map((row) => row.data_key_id))
  return new Map(
    rows.map((piece) => {
      const sealer = sealers.get(piece.data_key_id)!
      return [
        piece.id,
        {
          piece,
          given: piece.given
            ? sealer.openJson<string[]>(givenSealContext(piece.id), piece.given)
            : [],
          name: piece.name ? sealer.openText(nameSealContext(piece.id), piece.name) : '',
          values: piece.answer_id
            ? (openGiven(sealer, piece.answer_id, piece.answer).values ?? {})
            : {},
          note: piece.note ? sealer.openText(pieceNoteSealContext(piece.id), piece.note) : '',
        },
      ]
    })
  )
}
