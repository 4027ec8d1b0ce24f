import db from '@adonisjs/lucid/services/db'
import type { HealthCheck } from '#app/core/health'

/** Whether a digital service outside could not be reached in the end, and nobody has seen to it yet. */
export const outsideCheck: HealthCheck = {
  name: 'outside',

  async check() {
    const failed = await db.from('handovers').where('state', 'failed').select('id').first()
    return failed ? 'outside' : null
  },
}
