import db from '@adonisjs/lucid/services/db'
import { databaseIsKnown } from '#config/database_url'

/** Number of the newest published version of a service; 1 where none is published yet or no database runs. */
export async function newestVersionNumber(slug: string): Promise<number> {
  if (!databaseIsKnown()) return 1
  const row = await db
    .from('service_versions')
    .join('services', 'services.id', 'service_versions.service_id')
    .where('services.slug', slug)
    .max('number as newest')
    .first()
  return row?.newest ?? 1
}
