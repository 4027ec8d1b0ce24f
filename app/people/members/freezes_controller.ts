import type { HttpContext } from '@adonisjs/core/http'
import { freeze, unfreeze } from '#app/people/members/freeze'
import { peopleOf } from '#app/people/members/people_of'
import { notice } from '#app/core/notice'

/** Keeping somebody out for a while. */
export default class FreezesController {
  /** Asks once more: their sessions end, and their work goes to others. */
  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const other = await personOf(ctx)
    if (request.input('sure') !== 'yes') return response.redirect(`/people/${other.id}?freezing=1`)
    const done = await freeze(auth.getUserOrFail(), other.id)
    notice(session, done === 'done' ? 'good' : 'bad', `people.freeze_${done}`)
    return response.redirect(`/people/${other.id}`)
  }

  async destroy(ctx: HttpContext) {
    const { auth, response, session } = ctx
    const other = await personOf(ctx)
    const done = await unfreeze(auth.getUserOrFail(), other.id)
    const words = { done: 'unfrozen', nobody: 'freeze_nobody', by_center: 'unfreeze_by_center' }
    notice(session, done === 'done' ? 'good' : 'warn', `people.${words[done]}`)
    return response.redirect(`/people/${other.id}`)
  }
}

function personOf({ auth, params }: HttpContext) {
  return peopleOf(auth.getUserOrFail()).where('users.id', params.id).firstOrFail()
}
