import db from '@adonisjs/lucid/services/db'
import { databaseIsKnown } from '#config/database_url'
import type { Description, ServiceFiles } from '#app/catalog/description'
import { MASTER_PREFIX } from '#app/catalog/form_code'
import { kitOf, readServiceFiles } from '#app/catalog/service_files'
import { specificationOf } from '#app/catalog/specification'
import { typesetForm } from '#app/catalog/typeset_form'
import { clearCode } from '#app/shared/ids'

/**
 * A service as it travels: its definition file by file, the blank form and the specification sheet. The newest
 * published version; where no database runs, the service's own files.
 * @returns null when there is no such service
 */
export async function exportService(slug: string): Promise<Map<string, Buffer> | null> {
  const newest = await newestOf(slug)
  if (!newest) return null
  const { files, number } = newest
  const form = await typesetForm(files, number, [MASTER_PREFIX + clearCode(9)])
  return new Map([
    ...[...kitOf(files)].map(([name, text]) => [name, Buffer.from(text)] as const),
    ['form.pdf', form.pdf],
    ['specification.pdf', await specificationOf(files, number)],
  ])
}

async function newestOf(slug: string): Promise<{ files: ServiceFiles; number: number } | null> {
  if (!databaseIsKnown())
    return readServiceFiles(slug).then(
      (files) => ({ files, number: 1 }),
      () => null
    )
  const row: { description: Description; number: number } | null = await db
    .from('service_versions')
    .join('services', 'services.id', 'service_versions.service_id')
    .where('services.slug', slug)
    .orderBy('service_versions.number', 'desc')
    .select('service_versions.description', 'service_versions.number')
    .first()
  return row && { files: filesOf(row.description), number: row.number }
}

/** What publishing measures. */
const MEASURED = ['pageCount', 'pages', 'printHash', 'zones', 'areas', 'blackouts']

/** The definition alone, without what publishing measured. */
export function filesOf(description: Description): ServiceFiles {
  const all: Partial<Description> = { ...description }
  for (const key of MEASURED) Reflect.deleteProperty(all, key)
  return all as ServiceFiles
}
