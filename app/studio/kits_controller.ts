import { basename } from 'node:path'
import type { HttpContext } from '@adonisjs/core/http'
import { unzipSync, zipSync, type UnzipFileInfo } from 'fflate'
import { exportService } from '#app/studio/export_service'
import { companionsOfKit } from '#app/studio/companions/companions'
import { planImport } from '#app/studio/import_service'
import { PICTURE, picturesOfKit } from '#app/catalog/guide_pictures'
import Service from '#app/catalog/service'
import ServiceDraft from '#app/studio/service_draft'
import { KitRefused } from '#app/catalog/kit_refused'
import {
  filesIn,
  FORM_FILE,
  readKit,
  shippedFolder,
  shippedKits,
  type ReadFile,
} from '#app/catalog/service_files'
import { beginDraft } from '#app/studio/draft_paper'
import { paperOfKit } from '#app/studio/paper/paper_of_kit'
import { MAX_SCAN_BYTES } from '#app/reading/limits'
import { showServices } from '#app/studio/show_services'
import { visibleTo } from '#app/people/client_scope'
import { notice } from '#app/core/notice'
import { inOwnCity } from '#app/studio/own_city'
import { uploaded } from '#app/core/uploaded'

/** bytes; of a kit, and of a file in it when unpacked */
const MAX_FILES = 500
const MAX_PACKED = 20 * 1024 * 1024
const MAX = 2 * 1024 * 1024

/** Services travel as kits: a ZIP of their files, or a folder that comes with this product. */
export default class KitsController {
  async show({ auth, params, response }: HttpContext) {
    const service = await visibleTo(Service.query(), auth.getUserOrFail())
      .where('slug', params.slug)
      .firstOrFail()
    const kit = await exportService(service.slug)
    response.header('content-type', 'application/zip')
    response.header('content-disposition', `attachment; filename="${service.slug}.zip"`)
    return response.send(Buffer.from(zipSync(Object.fromEntries(kit!))))
  }

  async #kit({ request }: HttpContext): Promise<ReadFile> {
    const shipped = request.input('shipped')
    if (typeof shipped !== 'string' || !shipped)
      return unzipped(await uploaded(request.file('kit'), MAX_PACKED))
    const found = (await shippedKits()).find(({ slug }) => slug === shipped)
    if (!found) throw new KitRefused('no_file', shipped, 'no such kit comes with this product')
    return filesIn(shippedFolder(found.slug))
  }

  /** An imported kit becomes a draft: what it changes is looked at before it is published. */
  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    try {
      const read = await this.#kit(ctx)
      const { files: sent, pictures } = await picturesOfKit(await readKit(read), read)
      const paper = await paperOfKit(sent, read)
      const client = String(request.input('client') ?? sent.client)
      const here = await inOwnCity(sent, await companionsOfKit(read), client)
      const { files, brings, isRenamed, isUnknown } = here
      const { clientId, changes } = await planImport(files, client, paper)
      if (changes.length === 0)
        return await showServices(ctx, { key: 'studio.nothing_changes', kind: 'note' })
      if (await ServiceDraft.find(files.slug))
        throw new KitRefused('draft_exists', files.slug, 'somebody is changing this service')
      const changedBy = auth.getUserOrFail().id
      await beginDraft(
        {
          slug: files.slug,
          clientId,
          files: { ...files, client },
          changedBy,
          brings,
        },
        paper,
        pictures
      )
      if (isRenamed) notice(session, 'good', 'studio.renamed')
      else if (isUnknown) notice(session, 'warn', 'studio.city_unknown')
      return response.redirect(`/services/${files.slug}/draft/publication`)
    } catch (error) {
      if (!(error instanceof KitRefused)) throw error
      response.status(422)
      return await showServices(ctx, { key: `studio.problem_${error.problem}`, at: error.at })
    }
  }
}

/** Reads a kit's files out of a ZIP, in whatever folder they lie: each when it is asked for, nothing that is too large. */
function unzipped(zip: Buffer | null): ReadFile {
  const refused = new KitRefused('not_a_zip', 'kit.zip', 'this is not a ZIP file')
  if (!zip) throw refused
  if (countFiles(zip) > MAX_FILES)
    throw new KitRefused('too_many_files', 'kit.zip', `there are more than ${MAX_FILES} files`)
  const open = (wanted: (one: UnzipFileInfo) => boolean) => {
    try {
      return Object.values(unzipSync(zip, { filter: wanted }))
    } catch {
      throw refused
    }
  }
  open(() => false)
  return async (name) => {
    const max = mostBytes(name)
    let found = false
    const [data] = open((one) => {
      const isIt = !found && basename(one.name) === name && one.originalSize <= max
      found ||= isIt
      // What is stored as it is takes as much as it says it was packed.
      return isIt && one.size <= max
    })
    if (!data) throw new Error(`No ${name}`)
    return Buffer.from(data)
  }
}

/** Counts files that a ZIP says it has (its end record, APPNOTE 4.3.16); each costs time wherever one is looked for. */
function countFiles(zip: Buffer): number {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  return end < 0 || end + 10 > zip.length ? 0 : zip.readUInt16LE(end + 8)
}

function mostBytes(name: string): number {
  if (name.endsWith('.png')) return PICTURE.bytes
  return name === FORM_FILE ? MAX_SCAN_BYTES : MAX
}
