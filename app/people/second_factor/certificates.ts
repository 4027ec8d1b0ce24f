import { X509Certificate } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import env from '#start/env'
import { DateTime } from 'luxon'
import { addFactor, recorded } from '#app/people/second_factor/factors'
import SecondFactor from '#app/people/second_factor/second_factor'
import type User from '#app/people/user'
import { transition } from '#app/core/transition'

/** A client certificate that the proxy has checked. */
export interface Certificate {
  /** SHA-256 of the whole certificate, in hexadecimal */
  fingerprint: string
  /** whom it was made out to: "CN=tablet-17" */
  subject: string
}

/**
 * Reads the certificate that the browser has shown to the proxy; null without one. The proxy, which checks it, hands it on
 * in the header that CLIENT_CERTIFICATE_HEADER names, as escaped PEM or as base64 of DER; only a proxy that is trusted.
 */
export function certificateOf(request: HttpContext['request']): Certificate | null {
  const name = env.get('CLIENT_CERTIFICATE_HEADER')
  const text = name && env.get('TRUST_PROXY') ? (request.header(name) ?? '') : ''
  if (text === '') return null
  try {
    const isPem = text.startsWith('-----BEGIN')
    const read = new X509Certificate(isPem ? decodeURIComponent(text) : Buffer.from(text, 'base64'))
    return {
      fingerprint: read.fingerprint256.replaceAll(':', '').toLowerCase(),
      subject: read.subject.split('\n').join(', '),
    }
  } catch {
    return null
  }
}

/** Machines are shared: one certificate may be a factor of several people. */
const credentialOf = (user: User, { fingerprint }: Certificate) => `${user.id}:${fingerprint}`

/** Keeps a machine's certificate as somebody's factor; null where it is one already. */
export async function keepCertificate(
  user: User,
  certificate: Certificate
): Promise<{ codes: string[] | null } | null> {
  return transition(async (t) => {
    const credentialId = credentialOf(user, certificate)
    const known = await SecondFactor.query({ client: t.trx }).where({ credentialId }).first()
    if (known) return null
    const factor = await addFactor(t, user, {
      kind: 'certificate',
      name: certificate.subject,
      secret: certificate.fingerprint,
      credentialId,
      isConfirmed: true,
    })
    return { codes: await recorded(t, user, factor) }
  })
}

/** Whether somebody signs in with a machine whose certificate is one of their factors. */
export async function isCertificateOf(
  user: User,
  request: HttpContext['request']
): Promise<boolean> {
  const certificate = certificateOf(request)
  if (!certificate) return false
  const [used] = await SecondFactor.query()
    .where({ credentialId: credentialOf(user, certificate) })
    .update({ usedAt: DateTime.now().toJSDate() })
  return Number(used) === 1
}
