import db from '@adonisjs/lucid/services/db'
import type { PageSize } from '#app/catalog/description'
import { MAX_FORM_PAGES, type FormPlace } from '#app/replies/enclosures/form_place'

/** A form as it is printed; it doesn't change any more. */
export interface KeptForm {
  file: Buffer
  pages: PageSize[]
  places: FormPlace[]
}

/** Forms that this process has printed last: a list is one form's. */
const KEPT = 4
const known = new Map<string, Promise<KeptForm>>()

/** Finds a form that a version of a template prints. */
export function keptForm(id: string): Promise<KeptForm> {
  const found = known.get(id) ?? loadForm(id)
  // What was asked last goes last.
  known.delete(id)
  known.set(id, found)
  if (known.size > KEPT) known.delete(known.keys().next().value!)
  found.catch(() => known.delete(id))
  return found
}

function loadForm(id: string): Promise<KeptForm> {
  return db
    .from('enclosed_forms')
    .where({ id, state: 'kept' })
    .select('file', 'pages', 'places')
    .firstOrFail()
}

/** Finds how a page of a form looks when nothing is filled in (PNG). */
export async function formPicture(form: string, number: number): Promise<Buffer | null> {
  if (!(number >= 1 && number <= MAX_FORM_PAGES)) return null
  const page: { picture: Buffer } | null = await db
    .from('enclosed_form_pages')
    .where({ form_id: form, number })
    .select('picture')
    .first()
  return page?.picture ?? null
}

/** Counts the pages of a form. */
export async function countPages(form: string): Promise<number> {
  const { count }: { count: number } = await db
    .from('enclosed_forms')
    .where('id', form)
    .select(db.raw('jsonb_array_length(pages) as count'))
    .firstOrFail()
  return count
}
