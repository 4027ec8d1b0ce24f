import type User from '#app/people/user'
import limiter from '@adonisjs/limiter/services/main'
import Person from '#app/people/user'
import { passwordProblem, type PasswordProblem } from '#app/people/passwords/password_rules'
import { verifyPassword } from '#app/people/sign_in'
import { signOutEverywhere } from '#app/people/sessions'
import { transition } from '#app/core/transition'

/** Wrong guesses of the present password by whoever sits at an open session. */
const GUESSES = { requests: 10, duration: '15 mins' }

/**
 * Sets somebody's own password, after the one that they have; all their sessions end, the one at hand is begun anew by
 * whoever calls.
 * @returns why it can't be taken, or null
 */
export async function setPassword(
  user: User,
  { current, password, again }: { current: string; password: string; again: string }
): Promise<PasswordProblem | 'wrong' | 'too_many' | 'differs' | 'unchanged' | null> {
  const { consumed } = await limiter.use(GUESSES).increment(`password:${user.id}`)
  if (consumed > GUESSES.requests) return 'too_many'
  if (!(await verifyPassword(user, current))) return 'wrong'
  if (password !== again) return 'differs'
  if (password === current) return 'unchanged'
  await user.load('organization')
  const problem = await passwordProblem(password, [
    user.login,
    user.displayName,
    user.organization.name,
  ])
  if (problem) return problem
  const isSet = await transition(async (t) => {
    const own = await Person.query({ client: t.trx }).where('id', user.id).forUpdate().firstOrFail()
    // Somebody has given them another meanwhile: that one counts.
    if (own.password !== user.password) return false
    await own.merge({ password, passwordUntil: null }).save()
    await signOutEverywhere(t, own.id)
    t.recordOnly({
      verb: 'password.set',
      subject: { type: 'user', id: own.id },
      clientId: own.worksForCenter ? null : own.organizationId,
      actorId: own.id,
    })
    return true
  })
  if (!isSet) return 'wrong'
  await limiter.use(GUESSES).delete(`password:${user.id}`)
  await user.refresh()
  return null
}
