import type { HttpContext } from '@adonisjs/core/http'
import { draftPaper } from '#app/studio/draft_paper'
import { pageImage } from '#app/catalog/page_image'
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
    const image = await pageImage(version.id, Number(params.number))
    return response.type('png').send(image)
  }

  async draft(ctx: HttpContext) {
    const { slug, files } = await ownDraft(ctx)
    const { pages } = await drawPages(files, await draftPaper(slug))
    const page = pages[Number(ctx.params.number) - 1]
    return page ? ctx.response.type('png').send(page) : notFound(ctx)
  }
}
