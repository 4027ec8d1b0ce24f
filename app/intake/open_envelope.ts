import db from '@adonisjs/lucid/services/db'
import { newId } from '#app/core/ids'

/**
 * The envelope in which something came: noted anew, with its day, unless it is known already and the same client's.
 * @returns its id
 */
export async function openEnvelope(
  clientId: string,
  arrivedOn: string,
  knownId?: string
): Promise<string> {
  const known =
    knownId && (await db.from('envelopes').where({ id: knownId, client_id: clientId }).first())
  if (known) return known.id
  const id = newId()
  await db.table('envelopes').insert({ id, client_id: clientId, arrived_on: arrivedOn })
  return id
}
