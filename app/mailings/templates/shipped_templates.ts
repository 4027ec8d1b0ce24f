import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import app from '@adonisjs/core/services/app'
import { readTemplate, type LetterTemplate } from '#app/replies/templates/letter_template'

const FOLDER = 'resources/letters'

/** Lists the letters that come with the product, to begin with. */
export async function listShipped(): Promise<{ slug: string; name: LetterTemplate['name'] }[]> {
  const files = await readdir(app.makePath(FOLDER))
  const slugs = files.map((file) => basename(file, '.json')).toSorted()
  const all = await Promise.all(
    slugs.map(async (slug) => ({ slug, template: await shippedTemplate(slug) }))
  )
  return all.flatMap(({ slug, template }) => (template ? { slug, name: template.name } : []))
}

/** Reads one of them; null where there is none of that name. */
export async function shippedTemplate(slug: string): Promise<LetterTemplate | null> {
  if (!/^[\w-]+$/.test(slug)) return null
  const json = await readFile(app.makePath(FOLDER, `${slug}.json`), 'utf8').catch(() => null)
  const read = json === null ? null : await readTemplate(json)
  return read?.ok ? read.template : null
}
