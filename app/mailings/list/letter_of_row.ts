import db from '@adonisjs/lucid/services/db'
import { openMatched } from '#app/mailings/list/list_columns'
import type Mailing from '#app/mailings/mailing'
import { templateOf } from '#app/mailings/templates/template_versions'
import { letterOf } from '#app/replies/compose/check_row'
import type { Letter } from '#app/replies/letter'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'

/** The letters of a list that are looked at before it goes: of the first postcode, the longest, and any. */
export const PROOFS = ['first', 'longest', 'random'] as const
export type Proof = (typeof PROOFS)[number]

/** Fills in one letter of a list; null where none goes, or the list is gone. */
export async function proofLetter(mailing: Mailing, which: Proof): Promise<Letter | null> {
  const row = which === 'longest' ? mailing.longestRow : await rowOf(mailing.id, which)
  if (!row || !mailing.file || mailing.contentsRemovedAt) return null
  const words = await templateOf(mailing)
  const content = await readSealedFile(await openSealer(mailing.dataKeyId), mailing.file)
  const opened = await openMatched(content, words, mailing.matching)
  if (!opened.ok) return null
  for await (const one of opened.rows())
    if (one.row === row) return letterOf(words, one.values, mailing.typeSize)
  return null
}

async function rowOf(id: string, which: 'first' | 'random'): Promise<number | undefined> {
  const rows = () =>
    db.from('mailing_rows').where('mailing_id', id).whereNot('state', 'held').whereNotNull('place')
  const last: { place: number } | null = await rows()
    .orderBy('place', 'desc')
    .select('place')
    .first()
  const from = which === 'first' ? 1 : Math.ceil(Math.random() * (last?.place ?? 0))
  const found: { row: number } | null = await rows()
    .where('place', '>=', from)
    .orderBy('place')
    .select('row')
    .first()
  return found?.row
}
