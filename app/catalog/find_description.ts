import db from '@adonisjs/lucid/services/db'
import { databaseIsKnown } from '#config/database_url'
import type { Description } from '#app/catalog/description'
import type { FormCode } from '#app/catalog/form_code'
import { describe } from '#app/catalog/publish_service'
import { readServiceFiles } from '#app/catalog/service_files'

/**
 * The description that a form's code names: from the database; where none runs, from the service's
 * files (for the printing and reading commands).
 */
export async function findDescription(code: FormCode): Promise<Description | null> {
  if (!databaseIsKnown()) return readServiceFiles(code.service).then(describe, () => null)
  const row = await db
    .from('service_versions')
    .join('services', 'services.id', 'service_versions.service_id')
    .where({ 'services.slug': code.service, 'service_versions.number': code.version })
    .select('service_versions.description')
    .first()
  return row?.description ?? null
}
