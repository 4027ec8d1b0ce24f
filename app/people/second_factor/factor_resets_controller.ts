import type { HttpContext } from '@adonisjs/core/http'
import { mayActFor, peopleOf } from '#app/people/members/people_of'
import { resetFactors } from '#app/people/second_factor/factors'
import { notice } from '#app/core/notice'

const REASON = { min: 2, max: 200 }

/** A lost phone: whoever asks was seen, and why is kept. */
export default class FactorResetsController {
  async store({ auth, params, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const other = await peopleOf(user).where('users.id', params.id).firstOrFail()
    const reason = String(request.input('reason') ?? '').trim()
    const hasReason = reason.length >= REASON.min && reason.length <= REASON.max
    const isDone = mayActFor(user, other) && hasReason
    if (isDone) await resetFactors(user, other, reason)
    const why = hasReason ? 'more_than_own' : 'no_reason'
    notice(
      session,
      isDone ? 'good' : 'bad',
      `people.${isDone ? 'factors_reset' : `problem_${why}`}`
    )
    return response.redirect(`/people/${other.id}`)
  }
}
