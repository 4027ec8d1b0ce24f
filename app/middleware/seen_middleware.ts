import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { validate as isUuid } from 'uuid'
import { transition } from '#app/shared/transition'

/** Screens that follow the server load themselves again and again: within so long (ms) that is one look. */
const ONE_LOOK_MS = 60_000
const MOST_REMEMBERED = 10_000

const looks = new Map<string, number>()

/** Keeps who looked at a list (`register.listed`) or at one of its records (`register.viewed`). */
export default class SeenMiddleware {
  async handle({ auth, params, request, response }: HttpContext, next: NextFn, what: string) {
    await next()
    const user = auth.user
    if (!user || request.method() !== 'GET' || response.getStatus() !== 200) return
    const id: unknown = params.id
    const [verb, subjectId] =
      typeof id === 'string' && isUuid(id) ? [`${what}.viewed`, id] : [`${what}.listed`, null]
    if (!isNew(`${user.id} ${request.url(true)}`)) return
    await transition(async (t) =>
      t.recordRead({
        verb,
        subject: { type: what, id: subjectId ?? user.organizationId },
        clientId: user.worksForCenter ? null : user.organizationId,
        actorId: user.id,
      })
    )
  }
}

function isNew(look: string): boolean {
  const now = performance.now()
  if (now - (looks.get(look) ?? -Infinity) < ONE_LOOK_MS) return false
  if (looks.size >= MOST_REMEMBERED) looks.clear()
  looks.set(look, now)
  return true
}
