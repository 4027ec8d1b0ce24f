import type { HttpContext } from '@adonisjs/core/http'
import { newestVersion } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import { visibleTo } from '#app/people/client_scope'
import { readingFigures } from '#app/keying/reading_figures'

/** Figures of how well the machine reads a service, and from where on it may key. */
export default class ReadingFiguresController {
  async show({ auth, params, view }: HttpContext) {
    const service = await visibleTo(Service.query(), auth.getUserOrFail())
      .where('slug', params.slug)
      .firstOrFail()
    return view.render('keying/readings', {
      service,
      version: await newestVersion(service.id),
      ...(await readingFigures(service.id)),
    })
  }
}
