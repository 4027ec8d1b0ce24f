import db from '@adonisjs/lucid/services/db'
import { newId } from '#app/core/ids'

/**
 * Notes an envelope: what came together, and when it arrived. Taken once a key, so that a reload makes
 * no second one.
 */
export async function openEnvelope(clientId: string, arrivedOn: string): Promise<string> {
  const id = newId()
  await db.table('envelopes').insert({ id, client_id: clientId, arrived_on: arrivedOn })
  return id
}
