import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { FORM_GEOMETRY } from '#app/catalog/form_geometry'
import type {
  Blackout,
  Description,
  GroupArea,
  PageSize,
  ServiceFiles,
  Zone,
} from '#app/catalog/description'
import { KitRefused } from '#app/catalog/kit_refused'
import { blackoutsOf, zonesOf, type Paper } from '#app/catalog/own_paper'
import Service from '#app/catalog/service'
import ServiceVersion from '#app/catalog/service_version'
import { FORM_FILE } from '#app/catalog/service_files'
import { typesetForm } from '#app/catalog/typeset_form'
import { newId } from '#app/shared/ids'
import { rasterize, type Raster } from '#app/shared/rasterize'

/** mm of paper shown around the boxes of a group: its label above, stray strokes beside. */
const MARGIN = { above: 8.5, around: 4, sides: 12 }

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

/** The files with the geometry of their paper. */
export async function describe(files: ServiceFiles): Promise<Description> {
  return (await layOut(files)).description
}

/** A description and what its blank pages look like (PNG, 200 dpi, gray). */
export interface LaidOutService {
  description: Description
  blanks: Buffer[]
}

/**
 * Measures a service's paper: where every box lies.
 * @throws {KitRefused} when the city's own form is missing
 */
export async function layOut(
  files: ServiceFiles,
  paper: Paper | null = null
): Promise<LaidOutService> {
  const { ownPaper } = files
  if (ownPaper) {
    if (!paper) throw new KitRefused('no_file', FORM_FILE, 'the form itself is missing')
    const laidOut = { zones: zonesOf(ownPaper), blackouts: blackoutsOf(ownPaper) }
    return measured(files, paper.blanks, ownPaper.pages, laidOut)
  }
  const form = await typesetForm(files, 1, ['0'])
  const blanks = await Promise.all((await rasterize(form.pdf)).map(toPng))
  const { pageWidth: width, pageHeight: height } = FORM_GEOMETRY
  return measured(
    files,
    blanks,
    blanks.map(() => ({ width, height })),
    { zones: form.marks<Zone>('zone'), blackouts: form.marks<Blackout>('blackout') }
  )
}

function measured(
  files: ServiceFiles,
  blanks: Buffer[],
  pages: PageSize[],
  { zones, blackouts }: { zones: Zone[]; blackouts: Blackout[] }
): LaidOutService {
  const description = {
    ...files,
    pageCount: blanks.length,
    pages,
    printHash: blanks
      .reduce((hash, blank) => hash.update(blank), createHash('sha256'))
      .digest('hex'),
    zones,
    blackouts,
    areas: files.groups.map((group) => {
      const own = zones.filter((zone) => group.fields.some((field) => field.key === zone.field))
      return areaOf(group.key, group.page, own, pages[group.page - 1] ?? pages[0])
    }),
  }
  return { description, blanks }
}

function toPng({ data, width, height }: Raster): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
}

function areaOf(group: string, page: number, zones: Zone[], size: PageSize): GroupArea {
  const top = Math.max(0, Math.min(...zones.map((zone) => zone.y)) - MARGIN.above)
  const bottom = Math.max(...zones.map((zone) => zone.y + zone.height)) + MARGIN.around
  return {
    group,
    page,
    x: MARGIN.sides,
    y: top,
    width: size.width - 2 * MARGIN.sides,
    height: bottom - top,
  }
}
