import { Zip, ZipPassThrough } from 'fflate'
import db from '@adonisjs/lucid/services/db'
import type Batch from '#app/batches/batch'
import { fileNameSealContext } from '#app/batches/pieces/answer_files'
import { leftAlone } from '#app/batches/pieces/left_alone'
import { givenSealContext } from '#app/batches/pieces/piece'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer, openSealers } from '#app/core/sealing'

/** Pieces that are looked at together. */
const AT_ONCE = 200

interface Row {
  id: string
  piece_id: string
  number: number
  name: Buffer
  file: string
  data_key_id: string
  given: Buffer | null
}

/** A file of an answer that stands, by the name under which it is delivered. */
interface Delivered {
  id: string
  pieceId: string
  name: string
  file: string
  dataKeyId: string
}

/**
 * Lists the files of the answers that stand among these pieces: `0012_name.png`, in the order of pieces. Of protected people
 * (支援措置) only named staff have any.
 */
export async function filesOfPieces(
  batch: Batch,
  pieceIds: string[],
  { seesProtected }: { seesProtected: boolean }
): Promise<Delivered[]> {
  if (!batch.definition.files) return []
  const rows: Row[] = await db
    .from('answer_files as f')
    .join('pieces as p', 'p.answer_id', 'f.answer_id')
    .whereIn('p.id', pieceIds)
    .where('p.state', 'finished')
    .orderBy('p.number')
    .orderBy('f.created_at')
    .orderBy('f.id')
    .select('f.id', 'f.piece_id', 'p.number', 'f.name', 'f.file', 'f.data_key_id', 'p.given')
  const sealers = await openSealers(rows.map((row) => row.data_key_id))
  const given = rows.map((row) => ({
    id: row.piece_id,
    given: row.given
      ? sealers.get(row.data_key_id)!.openJson<string[]>(givenSealContext(row.piece_id), row.given)
      : [],
  }))
  const apart = seesProtected ? new Map<string, string>() : await leftAlone(batch, given)
  const taken = new Set<string>()
  return rows
    .filter((row) => apart.get(row.piece_id) !== 'row_apart')
    .map((row) => {
      const name = sealers.get(row.data_key_id)!.openText(fileNameSealContext(row.id), row.name)
      const numbered = unlike(`${String(row.number).padStart(4, '0')}_${name}`, taken)
      taken.add(numbered.toLowerCase())
      return {
        id: row.id,
        pieceId: row.piece_id,
        name: numbered,
        file: row.file,
        dataKeyId: row.data_key_id,
      }
    })
}

/** Yields all of them as one archive (ZIP, not compressed), a file at a time. */
export async function* deliveredFiles(
  batch: Batch,
  options: { seesProtected: boolean }
): AsyncGenerator<Buffer> {
  const parts: Buffer[] = []
  const zip = new Zip((error, part) => {
    if (error) throw error
    parts.push(Buffer.from(part))
  })
  for (let after = 0; ;) {
    const pieces: { id: string; number: number }[] = await db
      .from('pieces')
      .where('batch_id', batch.id)
      .where('number', '>', after)
      .orderBy('number')
      .limit(AT_ONCE)
      .select('id', 'number')
    if (pieces.length === 0) break
    after = pieces.at(-1)!.number
    const ids = pieces.map(({ id }) => id)
    for (const one of await filesOfPieces(batch, ids, options)) {
      const entry = new ZipPassThrough(one.name)
      zip.add(entry)
      entry.push(await readSealedFile(await openSealer(one.dataKeyId), one.file), true)
      yield* parts.splice(0)
    }
  }
  zip.end()
  yield* parts.splice(0)
}

/** The same name, or with a number before its ending where it is taken. */
function unlike(name: string, taken: Set<string>): string {
  let other = name
  for (let count = 2; taken.has(other.toLowerCase()); count++)
    other = name.replace(/(\.[^.]*)?$/, (ending) => ` (${count})${ending}`)
  return other
}
