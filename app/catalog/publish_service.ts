import { createHash } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { ServiceFiles } from '#app/catalog/description'
import { layOut } from '#app/catalog/lay_out'
import type { Paper } from '#app/catalog/own_paper'
import Service from '#app/catalog/service'
import ServiceVersion from '#app/catalog/service_version'
import { newId } from '#app/core/ids'

/**
 * Publishes a service: typesets its form once, asks where every box came to lie, and freezes that with
 * the description as the next version. Unchanged files publish nothing new.
 * @param paper of a service that stands on a form which the city already has
 */
export async function publishService(
  files: ServiceFiles,
  clientId: string,
  trx: TransactionClientContract,
  paper: Paper | null = null
): Promise<ServiceVersion> {
  const { description, blanks } = await layOut(files, paper)
  const hash = createHash('sha256').update(JSON.stringify(description)).digest('hex')
  const service = await Service.firstOrCreate(
    { slug: files.slug },
    { id: newId(), clientId },
    { client: trx }
  )
  // Locked: two publications at once get numbers one after the other.
  await service.merge({ homeWorkAgreed: files.homeWorkAgreed }).save()
  await trx.from('services').where('id', service.id).forUpdate().select('id')
  const newest = await ServiceVersion.query({ client: trx })
    .where('serviceId', service.id)
    .orderBy('number', 'desc')
    .first()
  if (newest?.hash === hash) return newest
  const version = await ServiceVersion.create(
    { id: newId(), serviceId: service.id, number: (newest?.number ?? 0) + 1, description, hash },
    { client: trx }
  )
  await trx
    .table('form_pages')
    .multiInsert(
      blanks.map((image, index) => ({ service_version_id: version.id, number: index + 1, image }))
    )
  if (paper)
    await trx.table('form_papers').insert({ service_version_id: version.id, file: paper.file })
  return version
}
