import type { HttpContext } from '@adonisjs/core/http'
import Role from '#app/people/roles/role'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import SecondFactor from '#app/people/second_factor/second_factor'
import { NumberSetting } from '#app/core/number_setting'

/** Of whom a second factor is asked at the center, beside those whose role asks for it; at home it is asked of everybody. */
export const factorAtCenter = new NumberSetting({
  name: 'people.second_factor',
  section: 'safety',
  unit: 'choice',
  choices: ['nobody', 'managers', 'everybody'],
  fallback: 0,
  min: 0,
  max: 2,
})

/** The session's key: whether a second factor is still to be given. */
const KEY = 'factor_needed'
/** The session's key: whether its person has a passkey. */
const HAS_PASSKEY = 'has_passkey'

/** Whether a second factor is asked of somebody who signs in: by the site, by their role, or because they have one. */
export async function needsFactor(user: User, site: Site, hasOne: boolean): Promise<boolean> {
  if (site === 'home') return true
  const asked = await factorAtCenter.value()
  if (asked === 2) return true
  if (asked === 1 && managesOthers(user)) return true
  if (user.roleId && (await Role.find(user.roleId))?.asksFactor) return true
  return hasOne
}

/** Whoever can give others permissions, or change what holds for all. */
function managesOthers(user: User): boolean {
  return user.may('people.manage') || user.may('roles.manage') || user.may('settings.change')
}

/** Lists the factors that somebody can sign in with. */
export function confirmedFactors(userId: string): Promise<SecondFactor[]> {
  return SecondFactor.query()
    .where('userId', userId)
    .whereNotNull('confirmedAt')
    .orderBy('createdAt')
}

/** Notes in a session that a second factor is to be given before anything else. */
export function askForFactor(session: HttpContext['session']): void {
  session.put(KEY, true)
}

/** Notes in a session whether its person has a passkey: a locked screen then asks for it too. */
export function keepHasPasskey(session: HttpContext['session'], has: boolean): void {
  session.put(HAS_PASSKEY, has)
}

export function hasPasskey(session: HttpContext['session']): boolean {
  return session.get(HAS_PASSKEY, false) === true
}

/** Notes in a session that it was given. */
export function factorGiven(session: HttpContext['session']): void {
  session.forget(KEY)
}

/** Whether a session still waits for it. */
export function isFactorMissing(session: HttpContext['session']): boolean {
  return session.get(KEY, false) === true
}
