import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { forgetUnusedPictures, keepPictures, type Pictures } from '#app/catalog/guide_pictures'
import type { Paper } from '#app/catalog/own_paper'
import ServiceDraft from '#app/studio/service_draft'

/** The city's own form that a draft stands on; null where it stands on one of ours. */
export async function draftPaper(slug: string): Promise<Paper | null> {
  const paper: { file: Buffer } | null = await db.from('draft_papers').where('slug', slug).first()
  if (!paper) return null
  const pages: { image: Buffer }[] = await db
    .from('draft_pages')
    .where('slug', slug)
    .orderBy('number')
    .select('image')
  return { file: paper.file, blanks: pages.map((page) => page.image) }
}

/** Begins a draft, and puts the form under it that it stands on, and the pictures of its keying guide. */
export async function beginDraft(
  draft: Pick<ServiceDraft, 'slug' | 'clientId' | 'files' | 'changedBy'> & {
    brings?: ServiceDraft['brings']
  },
  paper: Paper | null,
  pictures: Pictures = new Map()
): Promise<void> {
  await db.transaction(async (trx) => {
    await ServiceDraft.create(draft, { client: trx })
    await keepPictures(draft.slug, pictures, trx)
    await putDraftPaper(trx, draft.slug, paper)
  })
}

/** Ends a draft, with what only it had. */
export async function removeDraft(slug: string): Promise<void> {
  await db.transaction(async (trx) => {
    await ServiceDraft.query({ client: trx }).where('slug', slug).delete()
    await forgetUnusedPictures(slug, [], trx)
  })
}

/** Puts a form under a draft instead of the one before; none means one of ours. */
export async function putDraftPaper(
  trx: TransactionClientContract,
  slug: string,
  paper: Paper | null
): Promise<void> {
  await trx.from('draft_papers').where('slug', slug).delete()
  if (!paper) return
  await trx.table('draft_papers').insert({ slug, file: paper.file })
  await trx
    .table('draft_pages')
    .multiInsert(paper.blanks.map((image, index) => ({ slug, number: index + 1, image })))
}

/** The form of a published version; null where it is one of ours. */
export async function publishedPaper(versionId: string): Promise<Paper | null> {
  const paper: { file: Buffer } | null = await db
    .from('form_papers')
    .where('service_version_id', versionId)
    .select('file')
    .first()
  if (!paper) return null
  const pages: { image: Buffer }[] = await db
    .from('form_pages')
    .where('service_version_id', versionId)
    .orderBy('number')
    .select('image')
  return { file: paper.file, blanks: pages.map((page) => page.image) }
}
