import db from '@adonisjs/lucid/services/db'
import { databaseIsKnown } from '#config/database_url'
import type { Description, ServiceFiles } from '#app/catalog/description'
import { MASTER_PREFIX } from '#app/catalog/form_code'
import { picturesOf, picturesOfKit, type Pictures } from '#app/catalog/guide_pictures'
import {
  COMPANIONS_FILE,
  companionsOfKit,
  type Companions,
} from '#app/studio/companions/companions'
import { companionsFor } from '#app/studio/companions/gather_companions'
import {
  filesIn,
  FORM_FILE,
  kitOf,
  readServiceFiles,
  shippedFolder,
} from '#app/catalog/service_files'
import { specificationOf } from '#app/catalog/specification'
import { typesetForm } from '#app/catalog/typeset_form'
import { clearCode } from '#app/core/ids'

/**
 * A service as it travels: its definition file by file, the blank form and the specification sheet. The newest
 * published version; where no database runs, the service's own files.
 * @returns null when there is no such service
 */
export async function exportService(slug: string): Promise<Map<string, Buffer> | null> {
  const newest = await newestOf(slug)
  if (!newest) return null
  const { files, number } = newest
  return new Map([
    ...[...kitOf(files)].map(([name, text]) => [name, Buffer.from(text)] as const),
    ...newest.pictures,
    ...companionsIn(newest.companions),
    [FORM_FILE, await blankForm(newest)],
    ['specification.pdf', await specificationOf(files, number)],
  ])
}

interface Newest {
  files: ServiceFiles
  number: number
  /** the city's own form */
  paper: Buffer | null
  /** in the keying guide */
  pictures: Pictures
  companions: Companions
}

function companionsIn(companions: Companions): [string, Buffer][] {
  const isEmpty = Object.values(companions).every((one) => one.length === 0)
  if (isEmpty) return []
  return [[COMPANIONS_FILE, Buffer.from(`${JSON.stringify(companions, null, 2)}\n`)]]
}

/** The blank form: the city's own, or ours as a master for photocopies. */
async function blankForm({ files, number, paper }: Newest): Promise<Buffer> {
  return paper ?? (await typesetForm(files, number, [MASTER_PREFIX + clearCode(9)])).pdf
}

/** @returns null when there is no such service */
export async function newestOf(slug: string): Promise<Newest | null> {
  if (!databaseIsKnown()) {
    const files = await readServiceFiles(slug).catch(() => null)
    if (!files) return null
    const read = filesIn(shippedFolder(slug))
    const paper = files.ownPaper ? await read(FORM_FILE) : null
    const companions = await companionsOfKit(read)
    return { ...(await picturesOfKit(files, read)), number: 1, paper, companions }
  }
  const row: NewestRow | null = await db
    .from('service_versions')
    .join('services', 'services.id', 'service_versions.service_id')
    .leftJoin('form_papers', 'form_papers.service_version_id', 'service_versions.id')
    .where('services.slug', slug)
    .orderBy('service_versions.number', 'desc')
    .select(
      'services.id',
      'service_versions.description',
      'service_versions.number',
      'form_papers.file as paper'
    )
    .first()
  if (!row) return null
  const files = filesOf(row.description)
  return {
    files,
    number: row.number,
    paper: row.paper,
    pictures: await picturesOf(files),
    companions: await companionsFor(row.id, files),
  }
}

interface NewestRow {
  id: string
  description: Description
  number: number
  paper: Buffer | null
}

/** Facts that publishing measures. */
const MEASURED = ['pageCount', 'pages', 'printHash', 'zones', 'areas', 'blackouts']

/** The definition alone, without what publishing measured. */
export function filesOf(description: Description): ServiceFiles {
  const all: Partial<Description> = { ...description }
  for (const key of MEASURED) Reflect.deleteProperty(all, key)
  return all as ServiceFiles
}
