import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { draftPaper } from '#app/studio/draft_paper'
import { newestVersion } from '#app/catalog/frozen_version'
import { ownDraft } from '#app/studio/own_draft'
import { drawPages } from '#app/studio/preview'
import Service from '#app/catalog/service'
import { visibleTo } from '#app/people/client_scope'
import { notFound } from '#app/core/not_found'

/** The paper as pictures. */
export default class PreviewsController {
  async published({ auth, params, response }: HttpContext) {
    const service = await visibleTo(Service.query(), auth.getUserOrFail())
      .where('slug', params.slug)
      .firstOrFail()
    const version = await newestVersion(service.id)
    const page: { image: Buffer } = await db
      .from('form_pages')
      .where({ service_version_id: version.id, number: Number(params.number) })
      .select('image')
      .firstOrFail()
    return response.type('png').send(page.image)
  }

  async draft(ctx: HttpContext) {
    const { slug, files } = await ownDraft(ctx)
    const { pages } = await drawPages(files, await draftPaper(slug))
    const page = pages[Number(ctx.params.number) - 1]
    return page ? ctx.response.type('png').send(page) : notFound(ctx)
  }
}
