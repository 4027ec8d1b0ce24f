import type { HttpContext } from '@adonisjs/core/http'
import ServiceDraft from '#app/catalog/service_draft'
import { visibleTo } from '#app/identity/client_scope'

/** The draft that the address names. @throws 404 when there is none for this person */
export function ownDraft({ auth, params }: HttpContext): Promise<ServiceDraft> {
  return visibleTo(ServiceDraft.query(), auth.getUserOrFail())
    .where('slug', params.slug)
    .firstOrFail()
}
