import type RegisterImport from '#app/registry/register_import'
import type { Queries } from '#app/core/queries'

/** Counts files of a service's register in these states: a difference holds as long as no other has been taken. */
export async function countImports(
  serviceId: string,
  states: RegisterImport['state'][],
  client: Queries
): Promise<number> {
  const row: { count: string } = await client
    .from('register_imports')
    .where('service_id', serviceId)
    .whereIn('state', states)
    .count('* as count')
    .firstOrFail()
  return Number(row.count)
}
