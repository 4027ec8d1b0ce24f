import db from '@adonisjs/lucid/services/db'
import type { HealthCheck } from '#app/core/health'
import type { Queries } from '#app/core/queries'

/**
 * Tells whether this database was brought back from a back-up and nobody has released it yet: what leaves the house
 * (posted letters, outside services, mail) might leave it a second time.
 */
export async function isAtStandstill(client: Queries = db): Promise<boolean> {
  return (await client.from('standstills').whereNull('released_at').first()) !== null
}

/** Says on every screen that nothing leaves. */
export const standstillCheck: HealthCheck = {
  name: 'standstill',
  check: async () => ((await isAtStandstill()) ? 'standstill' : null),
}
