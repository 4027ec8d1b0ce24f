import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { FORM_GEOMETRY } from '#app/catalog/form_geometry'
import type { Blackout, Description, GroupArea, ServiceFiles, Zone } from '#app/catalog/description'
import Service from '#app/catalog/service'
import ServiceVersion from '#app/catalog/service_version'
import { typesetForm } from '#app/catalog/typeset_form'
import { newId } from '#app/shared/ids'
import { rasterize, type Raster } from '#app/shared/rasterize'

/** mm of paper shown around the boxes of a group: its label above, stray strokes beside. */
const MARGIN = { above: 8.5, around: 4 }

/**
 * Publishes a service: typesets its form once, asks where every box came to lie, and freezes that with
 * the description as the next version. Unchanged files publish nothing new.
 */
export async function publishService(
  files: ServiceFiles,
  clientId: string,
  trx: TransactionClientContract
): Promise<ServiceVersion> {
  const { description, blanks } = await layOut(files)
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
  return version
}

/** The files with the geometry of their paper. */
export async function describe(files: ServiceFiles): Promise<Description> {
  return (await layOut(files)).description
}

/** A description and what its blank pages look like (PNG, 200 dpi, gray). */
export interface LaidOutService {
  description: Description
  blanks: Buffer[]
}

export async function layOut(files: ServiceFiles): Promise<LaidOutService> {
  const form = await typesetForm(files, 1, ['0'])
  const zones = form.marks<Zone>('zone')
  const blanks = await Promise.all((await rasterize(form.pdf)).map(toPng))
  const { pageWidth: width, pageHeight: height } = FORM_GEOMETRY
  const description = {
    ...files,
    pageCount: form.pages,
    pages: blanks.map(() => ({ width, height })),
    printHash: blanks
      .reduce((hash, blank) => hash.update(blank), createHash('sha256'))
      .digest('hex'),
    zones,
    blackouts: form.marks<Blackout>('blackout'),
    areas: files.groups.map((group) =>
      areaOf(
        group.key,
        group.page,
        zones.filter((zone) => group.fields.some((field) => field.key === zone.field))
      )
    ),
  }
  return { description, blanks }
}

function toPng({ data, width, height }: Raster): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
}

function areaOf(group: string, page: number, zones: Zone[]): GroupArea {
  const top = Math.min(...zones.map((zone) => zone.y)) - MARGIN.above
  const bottom = Math.max(...zones.map((zone) => zone.y + zone.height)) + MARGIN.around
  return { group, page, x: 12, y: top, width: FORM_GEOMETRY.pageWidth - 24, height: bottom - top }
}
