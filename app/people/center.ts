import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'

/** Returns what the center is called. */
export async function centerName(client: Queries = db): Promise<string> {
  const { name } = await client
    .from('organizations')
    .where('kind', 'center')
    .select('name')
    .firstOrFail()
  return name
}

/** The center itself: whose records are that belong to no client. */
export async function centerOf(client: Queries = db): Promise<string> {
  const { id } = await client
    .from('organizations')
    .where('kind', 'center')
    .select('id')
    .firstOrFail()
  return id
}
