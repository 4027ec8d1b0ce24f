import type User from '#app/people/user'
import { missingGlyphs } from '#app/replies/glyphs'
import { settings, type Setting } from '#app/core/settings'
import { transition } from '#app/core/transition'

/** Settings that can't be taken, by their keys: why, in a word. */
export type SettingProblems = Record<string, string>

/** Ends the transaction in which somebody else's change would have been lost. */
class ChangedMeanwhile extends Error {
  constructor(readonly setting: Setting) {
    super()
  }
}

/**
 * Sets what was typed: all of it, or nothing.
 * @param seen what stood there before; what nobody changed stays, and what somebody else has changed since is refused
 */
export async function changeSettings(
  user: User,
  typed: Record<string, string>,
  seen: Record<string, string> = {}
): Promise<SettingProblems> {
  const wanted = settings
    .all()
    .filter(({ key }) => typed[key] !== undefined && plain(typed[key]) !== plain(seen[key]))
  const problems = Object.fromEntries(
    wanted.flatMap((setting) => {
      const text = typed[setting.key]
      const unprintable = setting.section === 'letterhead' && missingGlyphs(text).length > 0
      const problem = unprintable ? 'no_glyph' : setting.problemWith(text)
      return problem ? [[setting.key, problem]] : []
    })
  )
  if (Object.keys(problems).length > 0) return problems
  try {
    await transition(async (t) => {
      for (const setting of wanted) {
        const before = seen[setting.key]
        if (before !== undefined && plain(await setting.now(t.trx)) !== plain(before))
          throw new ChangedMeanwhile(setting)
        await setting.take(t, typed[setting.key], user)
      }
    })
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return { [error.setting.key]: 'changed_meanwhile' }
    throw error
  }
  return {}
}

/** Browsers end lines their own way. */
function plain(text: string | undefined): string | undefined {
  return text?.replaceAll('\r\n', '\n').trim()
}
