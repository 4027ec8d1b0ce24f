import db from '@adonisjs/lucid/services/db'
import type { HttpContext } from '@adonisjs/core/http'
import { createHash } from 'node:crypto'
import type { Queries } from '#app/core/queries'
import { transition, type Transition } from '#app/core/transition'
import { recordUser } from '#app/people/record_user'
import type User from '#app/people/user'

type Session = HttpContext['session']

/** Names under which a session keeps its round, when it began (ms) and with which browser. */
const ROUND = 'round'
const SINCE = 'since'
const BROWSER = 'browser'
/** The part of a session's JSON in which the guard keeps who has signed in. */
const OWNER = `(data::jsonb -> 'message' ->> 'auth_web')`

/** Notes in a session whose it is, that it begins now, and with which browser. */
export function beginSession(session: Session, user: User, browser: string | undefined): void {
  session.put(ROUND, user.sessionRound)
  session.put(SINCE, Date.now())
  session.put(BROWSER, nameOf(browser ?? ''))
}

/** Tells how long ago a session began (ms). */
export function sessionAge(session: Session): number {
  return Date.now() - Number(session.get(SINCE, 0))
}

/** Tells whether a session is over: its person works here no longer or was signed out everywhere since it began. */
export function isOver(session: Session, user: User): boolean {
  return user.leftAt !== null || session.get(ROUND, 0) !== user.sessionRound
}

/** Browsers and machines by what they call themselves; the first that fits. */
const BROWSERS: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const MACHINES: [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/iPad/, 'iPad'],
  [/iPhone/, 'iPhone'],
  [/Android/, 'Android'],
  [/Mac OS/, 'Mac'],
  [/Linux/, 'Linux'],
]

/** Names a browser and its machine as people know them. */
function nameOf(agent: string): string {
  const first = (known: [RegExp, string][]) => known.find(([pattern]) => pattern.test(agent))?.[1]
  return [first(BROWSERS), first(MACHINES)].filter(Boolean).join(' · ')
}

export interface OpenSession {
  /** tells it apart from others of the person, and opens nothing */
  handle: string
  since: Date | null
  browser: string
  site: string
}

/** Lists the open sessions of somebody, the newest first. */
export async function openSessions(userId: string): Promise<OpenSession[]> {
  const rows: { id: string; message: Record<string, unknown> }[] = await db
    .from('sessions')
    .whereRaw(`${OWNER} = ?`, [userId])
    .whereRaw('expires_at > now()')
    .select('id', db.raw(`data::jsonb -> 'message' as message`))
  return rows
    .map(({ id, message }) => ({
      handle: handleOf(id),
      since: typeof message[SINCE] === 'number' ? new Date(message[SINCE]) : null,
      browser: typeof message[BROWSER] === 'string' ? message[BROWSER] : '',
      site: message.place === 'home' ? 'home' : 'center',
    }))
    .sort((a, b) => Number(b.since) - Number(a.since))
}

/** Ends one session of somebody; false where there is none of that handle. */
export async function endSession(user: User, handle: string): Promise<boolean> {
  const rows: { id: string }[] = await db
    .from('sessions')
    .whereRaw(`${OWNER} = ?`, [user.id])
    .select('id')
  const found = rows.find(({ id }) => handleOf(id) === handle)
  if (!found) return false
  await transition(async (t) => {
    await t.trx.from('sessions').where('id', found.id).delete()
    recordUser(t, user, 'session.ended', user.id)
  })
  return true
}

/** Ends all sessions of somebody, also those that a request is just writing. */
export async function signOutEverywhere(t: Transition, userId: string): Promise<void> {
  await t.trx.from('users').where('id', userId).increment('session_round', 1)
  await deleteSessions(userId, t.trx)
}

async function deleteSessions(userId: string, client: Queries): Promise<void> {
  await client.from('sessions').whereRaw(`${OWNER} = ?`, [userId]).delete()
}

/** Returns the handle of a session's id. */
export function handleOf(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('hex').slice(0, 24)
}
