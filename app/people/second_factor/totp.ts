import { Secret, TOTP } from 'otpauth'

const ISSUER = '橋渡し'
/** Seconds a code is good for (RFC 6238), and how many codes before and after: clocks of tokens drift. */
const PERIOD = 30
const DRIFT = 1
const SECRET_BYTES = 20

/** Makes a secret (base32), as tokens and apps take it. */
export function newSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32
}

/** Returns the address that an app reads from a QR code (otpauth://). */
export function addressOf(secret: string, login: string): string {
  return totpOf(secret, login).toString()
}

/** Returns the code of this moment. */
export function codeOf(secret: string, at = Date.now()): string {
  return totpOf(secret).generate({ timestamp: at })
}

/**
 * Finds the step of 30 seconds that a code belongs to; null where it is none of now.
 * @param after the last step whose code was used: each is good once
 */
export function stepOf(secret: string, code: string, after: number): number | null {
  const token = code.normalize('NFKC').replaceAll(/\D/g, '')
  if (token.length !== 6) return null
  const delta = totpOf(secret).validate({ token, window: DRIFT })
  if (delta === null) return null
  const step = Math.floor(Date.now() / 1000 / PERIOD) + delta
  return step > after ? step : null
}

function totpOf(secret: string, label?: string): TOTP {
  return new TOTP({ issuer: ISSUER, label, period: PERIOD, secret: Secret.fromBase32(secret) })
}
