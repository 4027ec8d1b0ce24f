import type User from '#app/people/user'
import { missingGlyphs } from '#app/replies/glyphs'
import { settings } from '#app/core/settings'
import { transition } from '#app/core/transition'

/** Settings that can't be taken, by their keys: why, in a word. */
export type SettingProblems = Record<string, string>

/** Sets what was typed: all of it, or nothing. */
export async function changeSettings(
  user: User,
  typed: Record<string, string>
): Promise<SettingProblems> {
  const wanted = settings.all().filter(({ key }) => typed[key] !== undefined)
  const problems = Object.fromEntries(
    wanted.flatMap((setting) => {
      const text = typed[setting.key]
      const unprintable = setting.section === 'letterhead' && missingGlyphs(text).length > 0
      const problem = unprintable ? 'no_glyph' : setting.problemWith(text)
      return problem ? [[setting.key, problem]] : []
    })
  )
  if (Object.keys(problems).length > 0) return problems
  await transition(async (t) => {
    for (const setting of wanted) await setting.take(t, typed[setting.key], user)
  })
  return {}
}
