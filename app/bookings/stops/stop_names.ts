import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'

/** The names of a client's stops, by their numbers. */
export async function stopNames(
  clientId: string,
  client: Queries = db
): Promise<Map<number, string>> {
  const rows: { number: number; name: string }[] = await client
    .from('stops')
    .where('client_id', clientId)
    .orderBy('number')
    .select('number', 'name')
  return new Map(rows.map((row) => [row.number, row.name]))
}
