import env from '#start/env'
import limiter from '@adonisjs/limiter/services/main'
import { DateTime } from 'luxon'
import SecondFactor, { factorSealContext } from '#app/people/second_factor/second_factor'
import { issueRecoveryCodes, useRecoveryCode } from '#app/people/second_factor/recovery_codes'
import { newSecret, stepOf } from '#app/people/second_factor/totp'
import { recordUser } from '#app/people/record_user'
import { signOutEverywhere } from '#app/people/sessions'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { createSealer, destroyDataKeys } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

/** Wrong codes of one person. */
const GUESSES = { requests: 10, duration: '15 mins' }
const MAX_NAME = 40

/** A factor as it is made: `secret` is sealed under a key of its own. */
export interface NewFactor {
  kind: SecondFactor['kind']
  name: string
  secret: string
  credentialId?: string
  counter?: number
  isConfirmed: boolean
  demo?: boolean
}

/** Keeps a factor of somebody within a transaction. */
export async function addFactor(
  t: Transition,
  user: Pick<User, 'id'>,
  factor: NewFactor
): Promise<SecondFactor> {
  const sealer = await createSealer(t.trx, 'second factor')
  const id = newId()
  return SecondFactor.create(
    {
      id,
      userId: user.id,
      kind: factor.kind,
      name: factor.name.trim().slice(0, MAX_NAME),
      dataKeyId: sealer.dataKeyId,
      secret: sealer.sealText(factorSealContext(id), factor.secret),
      credentialId: factor.credentialId ?? null,
      counter: factor.counter ?? 0,
      demo: factor.demo ?? false,
      confirmedAt: factor.isConfirmed ? DateTime.now() : null,
    },
    { client: t.trx }
  )
}

/** Begins a token of codes: it counts once its first code was typed. Others that were begun go. */
export async function beginToken(user: User, name: string): Promise<SecondFactor> {
  return transition(async (t) => {
    const begun = await SecondFactor.query({ client: t.trx })
      .where('userId', user.id)
      .whereNull('confirmedAt')
    await destroy(t, begun)
    // Who tries the demo has no token at hand: the screen says its codes.
    const demo = env.get('DEMO') !== false
    const secret = newSecret()
    return addFactor(t, user, { kind: 'totp', name, secret, isConfirmed: false, demo })
  })
}

export type Confirmed =
  { ok: true; codes: string[] | null } | { ok: false; reason: 'wrong' | 'too_many' | 'gone' }

/** Confirms the token that was begun by its first code; with the first factor of all come recovery codes. */
export async function confirmToken(user: User, code: string): Promise<Confirmed> {
  if (await hasGuessedOften(user)) return { ok: false, reason: 'too_many' }
  return transition(async (t): Promise<Confirmed> => {
    const factor = await SecondFactor.query({ client: t.trx })
      .where('userId', user.id)
      .whereNull('confirmedAt')
      .forUpdate()
      .first()
    if (!factor) return { ok: false, reason: 'gone' }
    const step = stepOf(await factor.open(t.trx), code, factor.counter)
    if (step === null) return { ok: false, reason: 'wrong' }
    await factor.merge({ confirmedAt: DateTime.now(), counter: step }).save()
    await forgetGuesses(user)
    return { ok: true, codes: await recorded(t, user, factor) }
  })
}

/** Keeps the event of a new factor; gives recovery codes with the first. */
export async function recorded(
  t: Transition,
  user: User,
  factor: SecondFactor
): Promise<string[] | null> {
  const others = await SecondFactor.query({ client: t.trx })
    .where('userId', user.id)
    .whereNot('id', factor.id)
    .whereNotNull('confirmedAt')
    .first()
  recordUser(t, user, 'factor.added', user.id, { kind: factor.kind })
  return others ? null : issueRecoveryCodes(t, user.id)
}

/** Gives somebody new recovery codes; those on the sheet before open nothing any more. */
export async function renewRecoveryCodes(user: User): Promise<string[]> {
  return transition(async (t) => {
    recordUser(t, user, 'factor.codes_renewed', user.id)
    return issueRecoveryCodes(t, user.id)
  })
}

export type Proven = 'code' | 'recovery' | 'wrong' | 'too_many'

/** Checks a code that somebody typed: of any of their tokens, or for recovery. Each is good once. */
export async function proveByCode(user: User, code: string): Promise<Proven> {
  if (await hasGuessedOften(user)) return 'too_many'
  const proven = await transition(async (t): Promise<Proven> => {
    const tokens = await SecondFactor.query({ client: t.trx })
      .where({ userId: user.id, kind: 'totp' })
      .whereNotNull('confirmedAt')
      .orderBy('id')
      .forUpdate()
    for (const token of tokens) {
      const step = stepOf(await token.open(t.trx), code, token.counter)
      if (step === null) continue
      await token.merge({ counter: step, usedAt: DateTime.now() }).save()
      return 'code'
    }
    const isRecovery = await useRecoveryCode(t, user.id, code)
    recordUser(t, user, isRecovery ? 'factor.recovered' : 'factor.failed', user.id)
    return isRecovery ? 'recovery' : 'wrong'
  })
  if (proven !== 'wrong') await forgetGuesses(user)
  return proven
}

/** Removes one of somebody's own factors; the last goes with the recovery codes. */
export async function removeFactor(user: User, id: string): Promise<void> {
  return transition(async (t) => {
    const own = await SecondFactor.query({ client: t.trx }).where('userId', user.id).forUpdate()
    const gone = own.filter((one) => one.id === id)
    await destroy(t, gone)
    if (own.every((one) => one.id === id || one.confirmedAt === null))
      await t.trx.from('recovery_codes').where('user_id', user.id).delete()
    if (gone.length > 0) recordUser(t, user, 'factor.removed', user.id, { kind: gone[0].kind })
  })
}

/** Removes all of somebody's factors, as an administrator who has seen who asks (a lost phone); all their sessions end. */
export async function resetFactors(actor: User, user: User, reason: string): Promise<void> {
  await transition(async (t) => {
    const all = await SecondFactor.query({ client: t.trx }).where('userId', user.id).forUpdate()
    await destroy(t, all)
    await t.trx.from('recovery_codes').where('user_id', user.id).delete()
    await signOutEverywhere(t, user.id)
    recordUser(t, user, 'factor.reset', actor.id, { count: all.length, reason })
  })
}

async function destroy(t: Transition, factors: SecondFactor[]): Promise<void> {
  await t.trx
    .from('second_factors')
    .whereIn(
      'id',
      factors.map(({ id }) => id)
    )
    .delete()
  await destroyDataKeys(
    t.trx,
    factors.map(({ dataKeyId }) => dataKeyId)
  )
}

async function hasGuessedOften(user: User): Promise<boolean> {
  const { consumed } = await limiter.use(GUESSES).increment(`factor:${user.id}`)
  return consumed > GUESSES.requests
}

async function forgetGuesses(user: User): Promise<void> {
  await limiter.use(GUESSES).delete(`factor:${user.id}`)
}
