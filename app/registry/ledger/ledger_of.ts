import { databaseIsKnown } from '#config/database_url'
import type { Description, ServiceFiles } from '#app/catalog/description'
import { newestVersion } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import { readServiceFiles } from '#app/catalog/service_files'
import { acceptanceOf, type LedgerRules } from '#app/catalog/acceptance_rules'

/** A service's fields and the rules of its ledger; null where it has none. Where no database runs, of one that ships. */
export async function ledgerOf(
  slug: string
): Promise<{ groups: Description['groups']; rules: LedgerRules } | null> {
  const description = databaseIsKnown()
    ? await published(slug)
    : await readServiceFiles(slug).catch(() => null)
  const rules = description && acceptanceOf(description.handover)?.ledger
  return description && rules ? { groups: description.groups, rules } : null
}

async function published(slug: string): Promise<ServiceFiles | null> {
  const service = await Service.findBy('slug', slug)
  return service && (await newestVersion(service.id)).description
}
