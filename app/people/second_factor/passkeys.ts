import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { isoBase64URL } from '@simplewebauthn/server/helpers'
import { DateTime } from 'luxon'
import { recordUser } from '#app/people/record_user'
import { addFactor, recorded } from '#app/people/second_factor/factors'
import SecondFactor from '#app/people/second_factor/second_factor'
import type User from '#app/people/user'
import { transition } from '#app/core/transition'

const NAME = '橋渡し'

/** A request that a browser was sent: good for one answer, from the address where it was asked. */
export interface Asked {
  to: 'make' | 'show'
  challenge: string
  origin: string
}

/** Returns what a browser needs to make a passkey (WebAuthn), for the address that it shows. */
export async function passkeyToMake(user: User, origin: string) {
  const own = await passkeysOf(user.id)
  return generateRegistrationOptions({
    rpName: NAME,
    rpID: new URL(origin).hostname,
    userName: user.login,
    userDisplayName: user.displayName,
    userID: new TextEncoder().encode(user.id),
    attestationType: 'none',
    // One machine makes one: the second would only stand beside the first.
    excludeCredentials: own.map(({ credentialId }) => ({ id: credentialId! })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
}

export type Made = { ok: true; codes: string[] | null } | { ok: false }

/** Keeps the passkey that a browser has made; with the first factor of all come recovery codes. */
export async function keepPasskey(
  user: User,
  asked: Asked,
  answer: RegistrationResponseJSON,
  name: string
): Promise<Made> {
  const made = await verifyRegistrationResponse({
    response: answer,
    expectedChallenge: asked.challenge,
    expectedOrigin: asked.origin,
    expectedRPID: new URL(asked.origin).hostname,
    requireUserVerification: true,
  }).catch(() => null)
  if (!made?.verified) return { ok: false }
  const { id, publicKey, counter } = made.registrationInfo.credential
  return transition(async (t): Promise<Made> => {
    const known = await SecondFactor.query({ client: t.trx }).where('credentialId', id).first()
    if (known) return { ok: false }
    const factor = await addFactor(t, user, {
      kind: 'passkey',
      name,
      secret: isoBase64URL.fromBuffer(publicKey),
      credentialId: id,
      counter,
      isConfirmed: true,
    })
    return { ok: true, codes: await recorded(t, user, factor) }
  })
}

/** Returns what a browser needs to show one of somebody's passkeys. */
export async function passkeyToShow(user: User, origin: string) {
  const own = await passkeysOf(user.id)
  return generateAuthenticationOptions({
    rpID: new URL(origin).hostname,
    allowCredentials: own.map(({ credentialId }) => ({ id: credentialId! })),
    userVerification: 'required',
  })
}

/** Checks what a browser has shown; false where it is none of this person's, or was made for another address. */
export async function proveByPasskey(
  user: User,
  asked: Asked,
  answer: AuthenticationResponseJSON
): Promise<boolean> {
  return transition(async (t) => {
    const passkey = await SecondFactor.query({ client: t.trx })
      .where({ userId: user.id, kind: 'passkey', credentialId: String(answer.id) })
      .forUpdate()
      .first()
    const shown =
      passkey &&
      (await verifyAuthenticationResponse({
        response: answer,
        expectedChallenge: asked.challenge,
        expectedOrigin: asked.origin,
        expectedRPID: new URL(asked.origin).hostname,
        credential: {
          id: passkey.credentialId!,
          publicKey: isoBase64URL.toBuffer(await passkey.open(t.trx)),
          counter: Number(passkey.counter),
        },
        requireUserVerification: true,
      }).catch(() => null))
    if (!shown?.verified) {
      recordUser(t, user, 'factor.failed', user.id)
      return false
    }
    const { newCounter: counter } = shown.authenticationInfo
    await passkey!.merge({ counter, usedAt: DateTime.now() }).save()
    return true
  })
}

function passkeysOf(userId: string): Promise<SecondFactor[]> {
  return SecondFactor.query().where({ userId, kind: 'passkey' }).whereNotNull('confirmedAt')
}
