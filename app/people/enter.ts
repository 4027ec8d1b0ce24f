import type { HttpContext } from '@adonisjs/core/http'
import env from '#start/env'
import { centerOf } from '#app/people/center'
import { keepLockMinutes } from '#app/people/lock/lock'
import { isCertificateOf } from '#app/people/second_factor/certificates'
import {
  askForFactor,
  confirmedFactors,
  keepHasPasskey,
  needsFactor,
} from '#app/people/second_factor/need'
import { beginSession } from '#app/people/sessions'
import type { Device } from '#app/people/sign_in'
import { keepSite } from '#app/people/site_of_session'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

/** Begins the session of somebody who has shown who they are; whoever was signed in before goes. */
export async function enter(
  { auth, request, response, session }: HttpContext,
  user: User,
  asked: Site,
  { hasShownFactors }: { hasShownFactors: boolean }
): Promise<void> {
  if (await auth.check()) {
    await recordSignIn('login.ended', auth.getUserOrFail())
    await auth.use('web').logout()
    session.clear()
  }
  response.encryptedCookie(DEVICE, withUser(deviceOf(request), user), {
    maxAge: '1y',
    httpOnly: true,
    secure: env.get('HTTPS', false),
    sameSite: 'lax',
  })
  await auth.use('web').login(user)
  await recordSignIn('login.succeeded', user)
  beginSession(session, user, request.header('user-agent'))
  const site = user.siteFor(asked)
  keepSite(session, site)
  await keepLockMinutes(session, site)
  const factors = await confirmedFactors(user.id)
  keepHasPasskey(
    session,
    factors.some(({ kind }) => kind === 'passkey')
  )
  if (hasShownFactors || !(await needsFactor(user, site, factors.length > 0))) return
  if (!(await isCertificateOf(user, request))) askForFactor(session)
}

/** Keeps that somebody has signed in or out, or tried to. A name that nobody has is not kept: people type passwords there. */
export async function recordSignIn(verb: string, user: User | null): Promise<void> {
  const centerId = await centerOf()
  await transition(async (t) =>
    t.recordOnly({
      verb,
      subject: { type: 'login', id: user?.id ?? centerId },
      clientId: user && !user.worksForCenter ? user.organizationId : null,
      actorId: verb === 'login.failed' ? null : user?.id,
    })
  )
}

/** Tells the browser apart from others, and who has signed in with it; nothing of them. */
const DEVICE = 'hashiwatashi-device'
/** People who share a computer. */
const MAX_USERS = 20

/** Reads which browser it is. */
export function deviceOf(request: HttpContext['request']): Device {
  const kept: unknown = request.encryptedCookie(DEVICE)
  return isDevice(kept) ? kept : { id: newId(), users: [] }
}

function isDevice(kept: unknown): kept is Device {
  return typeof kept === 'object' && kept !== null && 'id' in kept && 'users' in kept
}

function withUser({ id, users }: Device, user: User): Device {
  return { id, users: [user.id, ...users.filter((one) => one !== user.id)].slice(0, MAX_USERS) }
}
