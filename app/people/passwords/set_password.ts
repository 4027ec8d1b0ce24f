import type User from '#app/people/user'
import Person from '#app/people/user'
import { passwordProblem, type PasswordProblem } from '#app/people/passwords/password_rules'
import { recordUser } from '#app/people/record_user'
import { checkOwnPassword } from '#app/people/passwords/own_password'
import { signOutEverywhere } from '#app/people/sessions'
import { transition } from '#app/core/transition'

/**
 * Sets somebody's own password, after the one that they have; all their sessions end, the one at hand is begun anew by
 * whoever calls.
 * @returns why it can't be taken, or null
 */
export async function setPassword(
  user: User,
  { current, password, again }: { current: string; password: string; again: string }
): Promise<PasswordProblem | 'wrong' | 'too_many' | 'differs' | 'unchanged' | null> {
  const guessed = await checkOwnPassword(user, current)
  if (guessed) return guessed
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
    recordUser(t, own, 'password.set', own.id)
    return true
  })
  if (!isSet) return 'wrong'
  await user.refresh()
  return null
}
