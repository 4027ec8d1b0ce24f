import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import type Service from '#app/catalog/service'
import ServiceVersion from '#app/catalog/service_version'

const known = new Map<string, ServiceVersion>()

/**
 * A published version. It never changes: each process reads it once. Within a transaction its connection must be
 * given: many at once would wait for each other's.
 * @throws when there is none
 */
export async function frozenVersion(id: string, client: Queries = db): Promise<ServiceVersion> {
  const found = known.get(id)
  if (found) return found
  const row = await client.from('service_versions').where('id', id).firstOrFail()
  const version = ServiceVersion.$createFromAdapterResult(row)
  if (!version) throw new Error(`Version ${id} can't be read`)
  known.set(id, version)
  return version
}

/** The newest published version of a service. @throws when nothing is published */
export async function newestVersion(serviceId: string): Promise<ServiceVersion> {
  return ServiceVersion.query()
    .where('serviceId', serviceId)
    .orderBy('number', 'desc')
    .firstOrFail()
}

/** The versions that a service has had, the newest first. */
export function versionsOf(serviceId: string): Promise<{ number: number; published_at: Date }[]> {
  return db
    .from('service_versions')
    .where('service_id', serviceId)
    .orderBy('number', 'desc')
    .select('number', 'published_at')
}

/** Services, each with its newest published version, in two queries whatever their number. */
export async function withNewest(
  services: Service[]
): Promise<{ service: Service; version: ServiceVersion }[]> {
  const versions = await ServiceVersion.query()
    .whereIn(
      'serviceId',
      services.map((service) => service.id)
    )
    .distinctOn('service_id')
    .orderBy('service_id')
    .orderBy('number', 'desc')
  const byService = new Map(versions.map((version) => [version.serviceId, version]))
  return services.flatMap((service) => {
    const version = byService.get(service.id)
    return version ? [{ service, version }] : []
  })
}
