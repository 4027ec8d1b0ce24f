import { createHash } from 'node:crypto'
import sharp from 'sharp'
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
import { FORM_FILE } from '#app/catalog/service_files'
import { typesetForm } from '#app/catalog/typeset_form'
import { rasterize, type Raster } from '#app/core/rasterize'

/** mm of paper shown around the boxes of a group: its label above, stray strokes beside. */
const MARGIN = { above: 8.5, around: 4, sides: 12 }

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
