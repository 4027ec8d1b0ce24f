import type { HttpContext } from '@adonisjs/core/http'
import { confirmedFactors, isFactorMissing } from '#app/people/second_factor/need'
import { ownerProblem } from '#app/people/passwords/own_password'

/** The key of the words for whoever has a factor to give. */
export const GIVE_FIRST = 'people.factor_give_first'

/** Whether a session waits for a factor that its person has. */
export async function hasFactorToGive({ auth, session }: HttpContext): Promise<boolean> {
  return isFactorMissing(session) && (await confirmedFactors(auth.getUserOrFail().id)).length > 0
}

/**
 * Says why a factor can't be added in this session; null where it can. Whoever has one gives it first: a new one that a
 * password alone could add would be none. Whoever is inside already types their password: the screen may stand open.
 */
export async function mayAddFactor(ctx: HttpContext): Promise<string | null> {
  if (await hasFactorToGive(ctx)) return GIVE_FIRST
  return isFactorMissing(ctx.session) ? null : ownerProblem(ctx)
}
