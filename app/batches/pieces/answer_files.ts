import db from '@adonisjs/lucid/services/db'
import Piece from '#app/batches/pieces/piece'
import { MAX_SCAN_BYTES } from '#app/reading/limits'
import { doomFiles } from '#app/core/doomed_files'
import { newId } from '#app/core/ids'
import { readSealedFile, writeSealedFile } from '#app/core/sealed_files'
import { openSealer, type Sealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import { withFile } from '#app/core/with_file'

/** Files that one person can make for a piece. */
const MAX_FILES = 20

/** A file that somebody has made for a piece. */
export interface AnswerFile {
  id: string
  name: string
  bytes: number
}

export type AttachedFile =
  { ok: true } | { ok: false; reason: 'empty' | 'too_large' | 'too_many_files' | 'no_files_asked' }

export const fileNameSealContext = (fileId: string) => `answer_files.name:${fileId}`

/** Keeps a file that somebody has made for the piece at hand, whatever it is: it is handed on, and opened by nobody here. */
export async function attachFile(
  assignment: { userId: string; pieceId: string },
  name: string,
  content: Buffer
): Promise<AttachedFile> {
  if (content.length === 0) return { ok: false, reason: 'empty' }
  if (content.length > MAX_SCAN_BYTES) return { ok: false, reason: 'too_large' }
  const { userId, pieceId } = assignment
  return withFile(async (t, keep) => {
    const piece = await Piece.query({ client: t.trx })
      .where('id', pieceId)
      .forUpdate()
      .firstOrFail()
    const [{ count }]: { count: number }[] = await t.trx
      .from('answer_files')
      .where({ piece_id: pieceId, user_id: userId })
      .whereNull('answer_id')
      .select(t.trx.raw('count(*)::int as count'))
    if (count >= MAX_FILES) return { ok: false, reason: 'too_many_files' }
    const sealer = await openSealer(piece.dataKeyId, t.trx)
    const id = newId()
    await t.trx.table('answer_files').insert({
      id,
      piece_id: pieceId,
      user_id: userId,
      data_key_id: piece.dataKeyId,
      name: sealer.sealText(fileNameSealContext(id), plainName(name)),
      file: await keep(() => writeSealedFile(sealer, 'answers', content)),
      bytes: content.length,
    })
    return { ok: true }
  })
}

/** Takes one's own file away again; one that an answer has stays. */
export async function removeAnswerFile(
  { userId, pieceId }: { userId: string; pieceId: string },
  fileId: string
): Promise<boolean> {
  return transition(async (t) => {
    const [gone]: { file: string }[] = await t.trx
      .from('answer_files')
      .where({ id: fileId, piece_id: pieceId, user_id: userId })
      .whereNull('answer_id')
      .delete()
      .returning('file')
    if (gone) await doomFiles(t, [gone.file])
    return gone !== undefined
  })
}

/** Lists what somebody has made for a piece and not handed in yet: it goes with their answer. */
export async function madeBy(
  userId: string,
  piece: Pick<Piece, 'id' | 'dataKeyId'>
): Promise<AnswerFile[]> {
  const rows: FileRow[] = await db
    .from('answer_files')
    .where({ piece_id: piece.id, user_id: userId })
    .whereNull('answer_id')
    .orderBy('created_at')
    .orderBy('id')
    .select('id', 'name', 'bytes')
  if (rows.length === 0) return []
  const sealer = await openSealer(piece.dataKeyId)
  return rows.map((row) => opened(sealer, row))
}

/** Lists the files of a piece's answers, by the answer. */
export async function filesOfAnswers(
  pieceId: string,
  sealer: Sealer
): Promise<Map<string, AnswerFile[]>> {
  const rows: (FileRow & { answer_id: string })[] = await db
    .from('answer_files')
    .where('piece_id', pieceId)
    .whereNotNull('answer_id')
    .orderBy('created_at')
    .orderBy('id')
    .select('id', 'answer_id', 'name', 'bytes')
  const files = Map.groupBy(rows, (row) => row.answer_id)
  return new Map([...files].map(([id, of]) => [id, of.map((row) => opened(sealer, row))]))
}

/** Makes what somebody has made for a piece a part of their answer. */
export async function giveFilesTo(
  t: Transition,
  { answerId, userId, pieceId }: { answerId: string; userId: string; pieceId: string }
): Promise<void> {
  await t.trx
    .from('answer_files')
    .where({ piece_id: pieceId, user_id: userId })
    .whereNull('answer_id')
    .update({ answer_id: answerId })
}

/** Opens a file of a piece; null where it has none of this id. */
export async function openAnswerFile(
  pieceId: string,
  fileId: string
): Promise<{ name: string; content: Buffer } | null> {
  const row: { file: string; name: Buffer; data_key_id: string } | null = await db
    .from('answer_files')
    .where({ id: fileId, piece_id: pieceId })
    .select('file', 'name', 'data_key_id')
    .first()
  if (!row) return null
  const sealer = await openSealer(row.data_key_id)
  return {
    name: sealer.openText(fileNameSealContext(fileId), row.name),
    content: await readSealedFile(sealer, row.file),
  }
}

interface FileRow {
  id: string
  name: Buffer
  bytes: number
}

function opened(sealer: Sealer, { id, name, bytes }: FileRow): AnswerFile {
  return { id, name: sealer.openText(fileNameSealContext(id), name), bytes }
}

/** A name without folders, or what no file system takes; at most 120 characters, its ending kept. */
function plainName(name: string): string {
  const last = (name.split(/[/\\]/).at(-1) ?? '').replace(/[\p{Cc}<>:"|?*]/gu, '_').trim()
  const plain = last.replace(/^\.+/, '') || 'file'
  const ending = /\.[^.]{1,10}$/.exec(plain)?.[0] ?? ''
  const stem = [...plain.slice(0, plain.length - ending.length)]
  return stem.slice(0, 120 - ending.length).join('') + ending
}
