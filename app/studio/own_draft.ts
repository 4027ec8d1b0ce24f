import { Exception } from '@adonisjs/core/exceptions'
import type { HttpContext } from '@adonisjs/core/http'
import Service from '#app/catalog/service'
import ServiceDraft from '#app/studio/service_draft'
import { visibleTo } from '#app/people/client_scope'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'

/** A draft that was published or thrown away meanwhile: its service is shown instead. */
class DraftGone extends Exception {
  static override status = 404

  handle(_error: this, { params, response, session }: HttpContext) {
    notice(session, 'warn', 'studio.draft_gone')
    return response.redirect(`/services/${params.slug}`)
  }
}

/** The draft that the address names. @throws 404 when there is none for this person, nor a service */
export async function ownDraft(ctx: HttpContext): Promise<ServiceDraft> {
  const { auth, params } = ctx
  const user = auth.getUserOrFail()
  const draft = await visibleTo(ServiceDraft.query(), user).where('slug', params.slug).first()
  if (draft) return draft
  if (await visibleTo(Service.query(), user).where('slug', params.slug).first())
    throw new DraftGone()
  return notFound(ctx)
}
