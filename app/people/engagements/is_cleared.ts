import db from '@adonisjs/lucid/services/db'
import type { Site, default as User } from '#app/people/user'
import { CLEARED, clearanceFor } from '#app/people/engagements/clearance'
import type { Queries } from '#app/core/queries'

/** Tells whether somebody may be given work at a site, as far as what they have signed goes. */
export async function isCleared(user: User, site: Site, client: Queries = db): Promise<boolean> {
  const { rows } = await client.rawQuery<{ rows: { cleared: boolean }[] }>(
    `select ${CLEARED} as cleared`,
    clearanceFor(user, site)
  )
  return rows[0].cleared
}
