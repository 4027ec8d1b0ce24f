import { createHmac, timingSafeEqual } from 'node:crypto'

/** A signed message older than this is a repetition by somebody else (seconds). */
const MAX_SECONDS = 300

/**
 * Whether a message comes from who knows the secret: the header says `t=<unix seconds>,v1=<hex>`, and v1 is the
 * HMAC-SHA256 of `<t>.<body>`.
 */
export function isSigned(
  body: string,
  header: string | undefined,
  secret: string,
  now = Date.now() / 1000
): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '')
  if (!match || Math.abs(now - Number(match[1])) > MAX_SECONDS) return false
  return timingSafeEqual(
    Buffer.from(match[2], 'hex'),
    Buffer.from(signature(body, match[1], secret), 'hex')
  )
}

/** The header for a message, as a telephone system makes it. */
export function signedHeader(body: string, secret: string, at = Date.now() / 1000): string {
  const seconds = String(Math.floor(at))
  return `t=${seconds},v1=${signature(body, seconds, secret)}`
}

function signature(body: string, seconds: string, secret: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
}
