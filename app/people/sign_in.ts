import { DateTime } from 'luxon'
import hash from '@adonisjs/core/services/hash'
import limiter from '@adonisjs/limiter/services/main'
import { signsInByDirectory } from '#app/people/directory/directory'
import User from '#app/people/user'
import { blindIndex } from '#app/core/sealing'

/** A browser, and who has signed in with it before. */
export interface Device {
  id: string
  users: string[]
}

export interface Attempt {
  login: string
  password: string
  /** where it comes from, as the network tells */
  address: string
  device: Device
}

export type SignedIn =
  | { ok: true; user: User }
  | { ok: false; reason: 'wrong' | 'too_many' | 'expired' | 'by_directory'; user: User | null }

/** Wrong passwords of one name in one place. */
const GUESSES = { requests: 10, duration: '15 mins' }
/** Wrong passwords of one name, from all browsers that it never signed in with. */
const STRANGERS = { requests: 50, duration: '1 hour' }
/** Wrong passwords from one address: a center of 300 people sits behind one, and half of them mistype at half past eight. */
const ADDRESS = { requests: 300, duration: '15 mins' }

/**
 * Checks name and password. Guesses are limited by name and address together; a browser with which somebody has signed
 * in before counts by itself, so that nobody else's guesses lock them out there. A password that was kept in an older
 * way is kept anew.
 */
export async function signIn({ login, password, address, device }: Attempt): Promise<SignedIn> {
  const user = await User.query()
    .where('login', login)
    .whereNull('leftAt')
    .whereNull('frozenAt')
    .first()
  const limits = limitsOf(
    login.toLowerCase(),
    address,
    user && device.users.includes(user.id) ? device : null
  )
  // Counted before it is looked at: guesses that come all at once are as many as those that come one by one.
  for (const { key, limit } of limits) {
    const { consumed } = await limiter.use(limit).increment(key)
    if (consumed > limit.requests) return { ok: false, reason: 'too_many', user }
  }
  if (!(await verifyPassword(user, password)) || !user) return { ok: false, reason: 'wrong', user }
  const [own, ...shared] = limits
  await limiter.use(own.limit).delete(own.key)
  for (const { key, limit } of shared) await limiter.use(limit).decrement(key)
  if (signsInByDirectory(user)) return { ok: false, reason: 'by_directory', user }
  if (user.passwordUntil && user.passwordUntil < DateTime.now())
    return { ok: false, reason: 'expired', user }
  if (isOld(user.password)) await user.merge({ password }).save()
  return { ok: true, user }
}

/** The first is this person's own, and is forgotten once they are in. */
function limitsOf(name: string, address: string, own: Device | null) {
  if (own) return [{ key: `login:${name}:with:${own.id}`, limit: GUESSES }]
  const from = blindIndex(address, 'login:address')
  return [
    { key: `login:${name}:from:${from}`, limit: GUESSES },
    { key: `login:${name}:strangers`, limit: STRANGERS },
    { key: `login:from:${from}`, limit: ADDRESS },
  ]
}

/** Tells whether a password is somebody's, in whichever way it is kept. Takes as long for a name that nobody has. */
export async function verifyPassword(user: User | null, password: string): Promise<boolean> {
  if (user) return hasherOf(user.password).verify(user.password, password)
  await hash.make(password)
  return false
}

/** Passwords of earlier versions are kept with scrypt. */
function hasherOf(kept: string) {
  return hash.use(kept.startsWith('$scrypt$') ? 'scrypt' : 'argon')
}

function isOld(kept: string): boolean {
  const argon = hash.use('argon')
  return !argon.isValidHash(kept) || argon.needsReHash(kept)
}
