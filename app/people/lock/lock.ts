import type { HttpContext } from '@adonisjs/core/http'
import hash from '@adonisjs/core/services/hash'
import limiter from '@adonisjs/limiter/services/main'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { recordUser } from '#app/people/record_user'
import { checkOwnPassword } from '#app/people/passwords/own_password'
import { verifyPassword } from '#app/people/sign_in'
import { NumberSetting } from '#app/core/number_setting'
import { transition } from '#app/core/transition'

/** Nobody touches the screen for so long: it is blanked. */
export const lockAtHome = new NumberSetting({
  name: 'people.lock_home',
  section: 'safety',
  unit: 'minutes',
  fallback: 3,
  min: 1,
  max: 60,
})
export const lockAtCenter = new NumberSetting({
  name: 'people.lock_center',
  section: 'safety',
  unit: 'minutes',
  fallback: 15,
  min: 1,
  max: 240,
})

const KEY = 'locked'
const MINUTES = 'lock_minutes'
const TOUCHED = 'touched_at'
/** The page locks first; so much later the session does it where no page is left to (ms). */
const GRACE = 60_000
/** Written so often at the most (ms): a session is written as a whole, and what else is going on could be lost. */
const NOTED_EVERY = 30_000
const PIN = /^\d{4,8}$/
/** Wrong tries at a locked screen; then the session ends. */
const GUESSES = { requests: 5, duration: '15 mins' }

type Session = HttpContext['session']

/** Notes in a session after how many minutes its screen is locked. */
export async function keepLockMinutes(session: Session, site: Site): Promise<void> {
  session.put(MINUTES, await (site === 'home' ? lockAtHome : lockAtCenter).value())
}

/** Returns after how many minutes a session's screen is locked. */
export function lockMinutes(session: Session): number {
  return session.get(MINUTES, lockAtCenter.fallback)
}

/**
 * Locks a session that nobody has touched for its minutes, and notes when somebody does: who opens or sends a page does;
 * what a page fetches by itself isn't anybody's doing.
 */
export function lockWhenIdle({ request, session }: HttpContext): void {
  const touchedAt: number | undefined = session.get(TOUCHED)
  if (touchedAt && Date.now() - touchedAt > lockMinutes(session) * 60_000 + GRACE) lock(session)
  const isByHand =
    request.method() === 'POST' ||
    (request.accepts(['json', 'html']) === 'html' && !request.header('x-live'))
  if (isByHand && !isLocked(session) && !(touchedAt && Date.now() - touchedAt < NOTED_EVERY))
    session.put(TOUCHED, Date.now())
}

/** Locks a session: it shows nothing until its person has unlocked it. */
export function lock(session: Session): void {
  session.put(KEY, true)
}

export function isLocked(session: Session): boolean {
  return session.get(KEY, false) === true
}

/** Unlocks a session by PIN or password. `ended`: too many tries, the session is over. */
export async function unlock(
  session: Session,
  user: User,
  typed: string
): Promise<'open' | 'wrong' | 'ended'> {
  if (!isLocked(session)) return 'open'
  const { consumed } = await limiter.use(GUESSES).increment(`lock:${user.id}`)
  const fits =
    consumed <= GUESSES.requests &&
    ((await fitsPin(user, typed)) || (await verifyPassword(user, typed)))
  if (fits) {
    await unlockSession(session, user)
    return 'open'
  }
  if (consumed < GUESSES.requests) return 'wrong'
  // Who signs in anew with password and factor begins to count anew.
  await limiter.use(GUESSES).delete(`lock:${user.id}`)
  return 'ended'
}

/** Unlocks the session of somebody who has shown that it is them. */
export async function unlockSession(session: Session, user: User): Promise<void> {
  await limiter.use(GUESSES).delete(`lock:${user.id}`)
  session.forget(KEY)
  session.put(TOUCHED, Date.now())
}

/** Keeps a PIN for the lock of the screen: four to eight digits. It opens nothing else. */
export async function setPin(
  user: User,
  { pin, again, password }: { pin: string; again: string; password: string }
): Promise<'incomplete' | 'differs' | 'wrong' | 'too_many' | 'too_easy' | null> {
  const digits = pin.normalize('NFKC')
  if (!PIN.test(digits)) return 'incomplete'
  if (digits !== again.normalize('NFKC')) return 'differs'
  if (isEasy(digits)) return 'too_easy'
  const guessed = await checkOwnPassword(user, password)
  if (guessed) return guessed
  const kept = await hash.use('argon').make(digits)
  await transition(async (t) => {
    await t.trx.from('users').where('id', user.id).update({ pin: kept })
    recordUser(t, user, 'pin.set', user.id)
  })
  return null
}

async function fitsPin(user: User, typed: string): Promise<boolean> {
  const digits = typed.normalize('NFKC')
  return user.pin !== null && PIN.test(digits) && hash.use('argon').verify(user.pin, digits)
}

/** One digit again and again, or a row of them up or down: tried first by everybody. */
function isEasy(digits: string): boolean {
  const steps = [...digits].slice(1).map((digit, index) => Number(digit) - Number(digits[index]))
  return [-1, 0, 1].some((step) => steps.every((one) => one === step))
}
