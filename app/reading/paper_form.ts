import db from '@adonisjs/lucid/services/db'
import { databaseIsKnown } from '#config/database_url'
import type { Description } from '#app/catalog/description'
import type { FormCode } from '#app/catalog/form_code'
import { layOut } from '#app/catalog/lay_out'
import { readServiceFiles } from '#app/catalog/service_files'
import { openPicture, type GrayImage } from '#app/reading/gray_image'

/** A form's description, and its pages as they look before anybody has written on them. */
export interface PaperForm {
  description: Description
  /** page from 1; 200 dpi */
  blank(page: number): Promise<GrayImage>
}

/** Finds the form that a code names; null when there is none. */
export type FindForm = (code: Pick<FormCode, 'service' | 'version'>) => Promise<PaperForm | null>

/** Forms whose blank pages are kept open (4 MB a page). */
const KEPT = 4
const open = new Map<string, PaperForm>()

/**
 * The form that a code names: from the database; where none runs, from the service's files (for the commands that
 * print and read).
 */
export const findForm: FindForm = async ({ service, version }) => {
  const key = `${service}/${version}`
  const known = open.get(key)
  if (known) return known
  const found = databaseIsKnown()
    ? await published(service, version)
    : await readServiceFiles(service).then(fromFiles, () => null)
  if (found) {
    const oldest = open.keys().next()
    if (open.size >= KEPT && !oldest.done) open.delete(oldest.value)
    open.set(key, found)
  }
  return found
}

async function published(service: string, number: number): Promise<PaperForm | null> {
  const row: { id: string; description: Description } | null = await db
    .from('service_versions')
    .join('services', 'services.id', 'service_versions.service_id')
    .where({ 'services.slug': service, 'service_versions.number': number })
    .select('service_versions.id', 'service_versions.description')
    .first()
  if (!row) return null
  return paperForm(row.description, async (page) => {
    const stored: { image: Buffer } | null = await db
      .from('form_pages')
      .where({ service_version_id: row.id, number: page })
      .select('image')
      .first()
    // Versions from before blank pages were kept are set once more.
    return stored?.image ?? (await layOut(row.description)).blanks[page - 1]
  })
}

async function fromFiles(files: Parameters<typeof layOut>[0]): Promise<PaperForm> {
  const { description, blanks } = await layOut(files)
  return paperForm(description, async (page) => blanks[page - 1])
}

export function paperForm(
  description: Description,
  picture: (page: number) => Promise<Buffer>
): PaperForm {
  const pages = new Map<number, Promise<GrayImage>>()
  return {
    description,
    blank(page) {
      const known = pages.get(page) ?? picture(page).then(openPicture)
      pages.set(page, known)
      // What failed once is tried again by the next page.
      known.catch(() => pages.delete(page))
      return known
    },
  }
}
