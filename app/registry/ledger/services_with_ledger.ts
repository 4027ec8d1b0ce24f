import db from '@adonisjs/lucid/services/db'
import type { Text } from '#app/catalog/description'
import { acceptanceOf, type LedgerRules } from '#app/catalog/acceptance_rules'
import { withNewest } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import type ServiceVersion from '#app/catalog/service_version'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'

interface LedgerService {
  service: Service
  version: ServiceVersion
  rules: LedgerRules
  name: Text
}

/** The services that somebody may see whose client says what it expects. */
export async function servicesWithLedger(user: User): Promise<LedgerService[]> {
  const services = await visibleTo(Service.query(), user).orderBy('slug')
  return (await withNewest(services)).flatMap(({ service, version }) => {
    const rules = acceptanceOf(version.description.handover)?.ledger
    return rules ? [{ service, version, rules, name: version.description.name }] : []
  })
}

/** Counts the rows of these services' ledgers. */
export function countRows(serviceIds: string[]): Promise<{ service_id: string; count: number }[]> {
  return db
    .from('ledger_rows')
    .whereIn('service_id', serviceIds)
    .groupBy('service_id')
    .select('service_id', db.raw('count(*)::int as count'))
}
