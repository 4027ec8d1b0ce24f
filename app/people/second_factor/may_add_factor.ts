import type { HttpContext } from '@adonisjs/core/http'
import { confirmedFactors, isFactorMissing } from '#app/people/second_factor/need'
import { ownerProblem } from '#app/people/passwords/own_password'

/**
 * Says why a factor can't be added in this session; null where it can. Whoever has one gives it first: a new one that a
 * password alone could add would be none. Whoever is inside already types their password: the screen may stand open.
 */
export async function mayAddFactor(ctx: HttpContext): Promise<string | null> {
  const { auth, session } = ctx
  const user = auth.getUserOrFail()
  if (isFactorMissing(session))
    return (await confirmedFactors(user.id)).length > 0 ? 'people.factor_give_first' : null
  return ownerProblem(ctx)
}
