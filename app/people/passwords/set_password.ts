import type User from '#app/people/user'
import hash from '@adonisjs/core/services/hash'
import { passwordProblem, type PasswordProblem } from '#app/people/passwords/password_rules'
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
): Promise<PasswordProblem | 'wrong' | 'differs' | 'unchanged' | null> {
  if (!(await hash.use('argon').verify(user.password, current))) return 'wrong'
  if (password !== again) return 'differs'
  if (password === current) return 'unchanged'
  await user.load('organization')
  const problem = await passwordProblem(password, [
    user.login,
    user.displayName,
    user.organization.name,
  ])
  if (problem) return problem
  await transition(async (t) => {
    user.useTransaction(t.trx)
    await user.merge({ password, passwordUntil: null }).save()
    await signOutEverywhere(t, user.id)
    t.recordOnly({
      verb: 'password.set',
      subject: { type: 'user', id: user.id },
      clientId: user.worksForCenter ? null : user.organizationId,
      actorId: user.id,
    })
  })
  await user.refresh()
  return null
}
