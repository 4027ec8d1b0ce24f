import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'

/** Tells whether nobody can log in yet: then an installation can be begun. */
export async function unbegun(client: Queries = db): Promise<boolean> {
  return (await client.from('users').select('id').first()) === null
}
