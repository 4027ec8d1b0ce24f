import type { HttpContext } from '@adonisjs/core/http'
import limiter from '@adonisjs/limiter/services/main'
import { signsInByDirectory } from '#app/people/directory/directory'
import { verifyPassword } from '#app/people/sign_in'
import { sessionAge } from '#app/people/sessions'
import type User from '#app/people/user'

/** Wrong guesses of the present password by whoever sits at an open session. */
const GUESSES = { requests: 10, duration: '15 mins' }
/** Somebody without a password here has just signed in, or does so again (ms). */
const JUST_NOW = 10 * 60_000

/** Checks the present password that somebody types within their session; guesses have an end. */
export async function checkOwnPassword(
  user: User,
  typed: string
): Promise<'wrong' | 'too_many' | null> {
  const { consumed } = await limiter.use(GUESSES).increment(`password:${user.id}`)
  if (consumed > GUESSES.requests) return 'too_many'
  if (!(await verifyPassword(user, typed))) return 'wrong'
  await limiter.use(GUESSES).delete(`password:${user.id}`)
  return null
}

/**
 * Says why it isn't certain that the session's own person is at the screen, which may stand open; null where it is. Asked
 * before what proves them is added or taken away: their `password`, or that they have just signed in by the directory.
 */
export async function ownerProblem({
  auth,
  request,
  session,
}: HttpContext): Promise<string | null> {
  const user = auth.getUserOrFail()
  if (signsInByDirectory(user))
    return sessionAge(session) < JUST_NOW ? null : 'people.owner_sign_in_again'
  const problem = await checkOwnPassword(user, String(request.input('password') ?? ''))
  return problem && `people.owner_${problem}`
}
