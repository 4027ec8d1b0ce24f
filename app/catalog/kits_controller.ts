import { readFile, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { HttpContext } from '@adonisjs/core/http'
import { strFromU8, unzipSync, zipSync } from 'fflate'
import { exportService } from '#app/catalog/export_service'
import { planImport } from '#app/catalog/import_service'
import Service from '#app/catalog/service'
import ServiceDraft from '#app/catalog/service_draft'
import { KitRefused, readKit } from '#app/catalog/service_files'
import { showServices } from '#app/catalog/show_services'
import { visibleTo } from '#app/identity/client_scope'

/** bytes; a kit is text, a form and a sheet */
const MOST = 20 * 1024 * 1024

/** Services travel as kits: a ZIP of their files. */
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

  /** An imported kit becomes a draft: what it changes is looked at before it is published. */
  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const file = request.file('kit')
    try {
      const files = await readKit(unzipped(file?.tmpPath ? await readFile(file.tmpPath) : null))
      const client = String(request.input('client') ?? files.client)
      const { clientId } = await planImport(files, client)
      await ServiceDraft.updateOrCreate(
        { slug: files.slug },
        { clientId, files: { ...files, client }, changedBy: auth.getUserOrFail().id }
      )
      return response.redirect(`/services/${files.slug}/draft/publication`)
    } catch (error) {
      if (!(error instanceof KitRefused)) throw error
      response.status(422)
      return await showServices(ctx, { key: `services.problem_${error.problem}`, at: error.at })
    } finally {
      if (file?.tmpPath) await rm(file.tmpPath, { force: true })
    }
  }
}

/** Reads files out of a ZIP by name, in whatever folder they lie; what is too large when unpacked is left out. */
function unzipped(zip: Buffer | null): (name: string) => Promise<string> {
  const refuse = () => new KitRefused('no_file', 'ZIP', 'this is not a ZIP file')
  if (!zip) throw refuse()
  try {
    const found = unzipSync(zip, { filter: (one) => one.originalSize < MOST })
    const byName = new Map(Object.entries(found).map(([path, data]) => [basename(path), data]))
    return async (name) => {
      const data = byName.get(name)
      if (!data) throw new Error(`No ${name}`)
      return strFromU8(data)
    }
  } catch {
    throw refuse()
  }
}
