import env from '#start/env'
import * as oidc from 'openid-client'
import type User from '#app/people/user'

/** Whether people may sign in by the city's directory (OpenID Connect): it is set up on the machine. */
export function hasDirectory(): boolean {
  return Boolean(env.get('OIDC_ISSUER') && env.get('OIDC_CLIENT_ID'))
}

/** Whether somebody signs in by the directory alone: a password that they may still have is none. */
export function signsInByDirectory(user: User): boolean {
  return hasDirectory() && user.directoryName !== null
}

/** Kept in the session from leaving for the directory until coming back. */
export interface Journey {
  state: string
  nonce: string
  verifier: string
  site: string
}

/** Somebody as the directory knows them. */
export interface DirectoryPerson {
  /** the directory and its own name for them, which never becomes another's */
  subject: string
  /** what an administrator knows them by */
  name: string
  /** the directory itself has asked for more than a password (amr: mfa, RFC 8176) */
  hasShownFactors: boolean
}

/** The directory sends people back to it. */
export const RETURN_PATH = '/login/directory/return'

/** Returns where somebody is sent, and what is kept until they come back. Throws where the directory can't be reached. */
export async function leaveForDirectory(
  origin: string,
  site: string
): Promise<{ url: string; journey: Journey }> {
  const journey = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
    site,
  }
  const url = oidc.buildAuthorizationUrl(await configuration(), {
    redirect_uri: origin + RETURN_PATH,
    scope: 'openid profile',
    state: journey.state,
    nonce: journey.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(journey.verifier),
    code_challenge_method: 'S256',
  })
  return { url: url.href, journey }
}

/** Reads who has come back from the directory. Throws where the answer isn't the directory's, or not of this journey. */
export async function comeBack(url: URL, journey: Journey): Promise<DirectoryPerson> {
  const city = await configuration()
  const tokens = await oidc.authorizationCodeGrant(city, url, {
    expectedState: journey.state,
    expectedNonce: journey.nonce,
    pkceCodeVerifier: journey.verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()!
  const claim = env.get('OIDC_NAME_CLAIM', 'preferred_username')
  // Some tell the name with the token, others only when they are asked.
  const name =
    claims[claim] ?? (await oidc.fetchUserInfo(city, tokens.access_token, claims.sub))[claim]
  return {
    subject: `${claims.iss} ${claims.sub}`,
    name: typeof name === 'string' ? name : '',
    hasShownFactors: Array.isArray(claims.amr) && claims.amr.includes('mfa'),
  }
}

let known: { issuer: string; configuration: Promise<oidc.Configuration> } | undefined

/** The directory's own description of itself, asked for once; one that couldn't be had is asked for again. */
function configuration(): Promise<oidc.Configuration> {
  const issuer = env.get('OIDC_ISSUER')!
  if (known?.issuer === issuer) return known.configuration
  const url = new URL(issuer)
  // Without encryption only where nothing goes over a network.
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  const found = oidc.discovery(
    url,
    env.get('OIDC_CLIENT_ID')!,
    env.get('OIDC_CLIENT_SECRET')?.release(),
    undefined,
    isLocal ? { execute: [oidc.allowInsecureRequests] } : {}
  )
  known = { issuer, configuration: found }
  found.catch(() => (known = undefined))
  return found
}
