import db from '@adonisjs/lucid/services/db'
import type { Description, ServiceFiles } from '#app/catalog/description'
import { filesOf } from '#app/studio/export_service'
import { FormTooLong } from '#app/catalog/typeset_form'
import type { Paper } from '#app/catalog/own_paper'
import { publishService } from '#app/catalog/publish_service'
import { layOut } from '#app/catalog/lay_out'
import { differenceOf, type Change } from '#app/studio/service_difference'
import { FORM_FILE } from '#app/catalog/service_files'
import { KitRefused } from '#app/catalog/kit_refused'
import { NO_COMPANIONS, type Companions } from '#app/studio/companions/companions'
import { takeCompanions } from '#app/studio/companions/take_companions'
import { transition } from '#app/core/transition'
import { TypesetFailed } from '#app/core/typesetter'
import type ServiceVersion from '#app/catalog/service_version'

/** The effect of importing a service. */
export interface ImportPlan {
  /** the client that it will belong to */
  clientId: string
  /** newest version here; null for a service that is new */
  newest: number | null
  /** what the newest version says */
  before: ServiceFiles | null
  changes: Change[]
}

/**
 * Says what importing a service would change, without changing anything: also whether its form fits on paper.
 * @throws {KitRefused}
 */
export async function planImport(
  files: ServiceFiles,
  clientSlug: string,
  paper: Paper | null = null
): Promise<ImportPlan> {
  const client: { id: string } | null = await db
    .from('organizations')
    .where({ slug: clientSlug, kind: 'client' })
    .select('id')
    .first()
  if (!client) throw new KitRefused('no_client', clientSlug, 'there is no such client here')
  const { description: next } = await layOut(files, paper).catch((error: unknown) => {
    if (error instanceof FormTooLong) throw new KitRefused('too_long', files.slug, error.message)
    if (error instanceof TypesetFailed)
      throw new KitRefused('not_a_service', files.slug, 'its form can’t be printed')
    throw error
  })
  const known: { client_id: string; number: number; description: Description } | null = await db
    .from('services')
    .join('service_versions', 'service_versions.service_id', 'services.id')
    .where('services.slug', files.slug)
    .orderBy('service_versions.number', 'desc')
    .select('services.client_id', 'service_versions.number', 'service_versions.description')
    .first()
  if (known && known.client_id !== client.id)
    throw new KitRefused('others_service', files.slug, 'it belongs to another client here')
  const before = known ? filesOf(known.description) : null
  return {
    clientId: client.id,
    newest: known?.number ?? null,
    before,
    changes: [
      ...differenceOf(before, { ...files, client: clientSlug }),
      ...otherPrint(known?.description, next),
    ],
  }
}

/** The place of the city's own form in a kit, as a change names it. */
export const PRINT = FORM_FILE

/** A city's own form that is printed otherwise, though its places are where they were. */
function otherPrint(before: Description | undefined, after: Description): Change[] {
  if (!before?.ownPaper || !after.ownPaper || before.printHash === after.printHash) return []
  return [{ at: PRINT, before: before.printHash.slice(0, 8), after: after.printHash.slice(0, 8) }]
}

/** Publishes an imported service as the next version, with what its kit brings beside it. */
export async function takeImport(
  files: ServiceFiles,
  clientSlug: string,
  plan: ImportPlan,
  paper: Paper | null = null,
  by: string | null = null,
  companions: Companions = NO_COMPANIONS
): Promise<ServiceVersion> {
  return transition(async (t) => {
    const named = { ...files, client: clientSlug }
    const version = await publishService(named, plan.clientId, t.trx, paper)
    t.record({
      verb: 'service.published',
      subject: { type: 'service', id: version.serviceId },
      clientId: plan.clientId,
      actorId: by,
      detail: { number: version.number },
    })
    const service = { id: version.serviceId, slug: files.slug, clientId: plan.clientId }
    await takeCompanions(t, service, companions, by)
    return version
  })
}
