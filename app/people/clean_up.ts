import db from '@adonisjs/lucid/services/db'

/** Removes sessions and counts of wrong passwords whose time is over. */
export async function cleanUpSignIn(): Promise<void> {
  await db.from('sessions').whereRaw('expires_at < now()').delete()
  // Moments in milliseconds, as the limiter keeps them.
  await db.from('rate_limits').where('expire', '<', Date.now()).delete()
}
