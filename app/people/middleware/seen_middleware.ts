import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { validate as isUuid } from 'uuid'
import { looks } from '#app/people/looks'
import { transition } from '#app/core/transition'

/** Keeps who looked at a list (`register.listed`) or at one of its records (`register.viewed`). */
export default class SeenMiddleware {
  async handle({ auth, params, request, response }: HttpContext, next: NextFn, what: string) {
    await next()
    const user = auth.user
    if (!user || request.method() !== 'GET' || response.getStatus() !== 200) return
    const id: unknown = params.id
    const [verb, subjectId] =
      typeof id === 'string' && isUuid(id) ? [`${what}.viewed`, id] : [`${what}.listed`, null]
    if (!looks.isNew(`${user.id} ${request.url(true)}`)) return
    await transition(async (t) =>
      t.recordOnly({
        verb,
        subject: { type: what, id: subjectId ?? user.organizationId },
        clientId: user.worksForCenter ? null : user.organizationId,
        actorId: user.id,
      })
    )
  }
}
