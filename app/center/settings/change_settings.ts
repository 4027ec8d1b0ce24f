import type User from '#app/people/user'
import { settings, type Setting } from '#app/core/settings'
import { transition } from '#app/core/transition'
import { typedNumber } from '#app/core/typed_number'

/** Numbers that can't be taken, by the setting's key: why. */
export type SettingProblems = Record<string, 'not_a_number' | 'too_small' | 'too_large'>

/** Sets the numbers that were typed: all of them, or nothing. */
export async function changeSettings(
  user: User,
  typed: Record<string, string>
): Promise<SettingProblems> {
  const wanted = settings.all().flatMap((setting) => {
    const text = typed[setting.key]
    return text === undefined ? [] : [{ setting, number: typedNumber(text) }]
  })
  const problems = Object.fromEntries(
    wanted.flatMap(({ setting, number }) => {
      const problem = problemWith(setting, number)
      return problem ? [[setting.key, problem]] : []
    })
  )
  if (Object.keys(problems).length > 0) return problems
  await transition(async (t) => {
    for (const { setting, number } of wanted) await setting.set(t, number, user)
  })
  return {}
}

function problemWith({ min, max }: Setting, number: number) {
  if (Number.isNaN(number)) return 'not_a_number' as const
  if (number < min) return 'too_small' as const
  return number > max ? ('too_large' as const) : null
}
