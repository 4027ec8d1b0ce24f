import { randomInt } from 'node:crypto'
import type User from '#app/people/user'
import ReplyWish, {
  wishSealContext,
  type WishedBy,
  type WishedSize,
} from '#app/registry/wishes/reply_wish'
import { mailConfirmation } from '#app/registry/wishes/mail_confirmation'
import { searchToken, searchTokensOf, tellingTerms } from '#app/submissions/search_tokens'
import type { PersonFacts } from '#app/submissions/search_tokens'
import { isPossiblyOne } from '#app/registry/could_be'
import { openWishes } from '#app/registry/wishes/wishes_of'
import { newId } from '#app/core/ids'
import { lockName } from '#app/core/lock'
import { createSealer, openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

/** Wrong numbers after which another one has to be mailed. */
const MAX_TRIES = 5

export interface NewWish {
  clientId: string
  of: PersonFacts
  typeSize: WishedSize | null
  /** empty where all goes on paper */
  email: string
  /** YYYY-MM-DD */
  agreedOn: string
}

/**
 * Keeps how a resident wants to be answered, instead of what she wanted before. An address counts once the number that
 * is mailed there has been told back.
 * @returns its id; null where it isn't said who it is
 */
export async function keepWish(user: User, wish: NewWish): Promise<string | null> {
  const terms = tellingTerms(wish.of)
  if (terms.length === 0) return null
  return transition(async (t) => {
    await endEarlier(t, wish, user.id)
    const id = newId()
    const code = wish.email === '' ? '' : newCode()
    const sealer = await createSealer(t.trx, 'reply_wish')
    const said: WishedBy = { of: wish.of, email: wish.email, code }
    const kept = await ReplyWish.create(
      {
        id,
        clientId: wish.clientId,
        dataKeyId: sealer.dataKeyId,
        wish: sealer.sealJson(wishSealContext(id), said),
        typeSize: wish.typeSize,
        byMail: wish.email !== '',
        state: wish.email === '' ? 'active' : 'unconfirmed',
        tries: 0,
        agreedOn: wish.agreedOn,
        createdBy: user.id,
      },
      { client: t.trx }
    )
    await t.trx
      .table('reply_wish_tokens')
      .multiInsert(
        terms.map((term) => ({ wish_id: id, kind: term.kind, token: searchToken(term) }))
      )
    t.recordOnly({
      verb: 'reply_wish.kept',
      subject: { type: 'reply_wish', id },
      clientId: wish.clientId,
      actorId: user.id,
      detail: { size: wish.typeSize, mail: kept.byMail },
    })
    if (kept.byMail) await mailConfirmation(t, kept, said, user.id)
    return id
  })
}

/** Mails another number to the address. False where the wish is over, or on paper alone. */
export function askAgain(user: User, id: string): Promise<boolean> {
  return withWish(id, async (t, wish) => {
    if (!wish.byMail || !['unconfirmed', 'failed'].includes(wish.state)) return false
    const sealer = await openSealer(wish.dataKeyId, t.trx)
    await wish.askAgain(t, sealer, newCode(), user.id)
    await mailConfirmation(t, wish, wish.open(sealer), user.id)
    return true
  })
}

export type Confirmed = 'confirmed' | 'wrong' | 'too_often' | 'over'

/** Takes the number that the resident has told. After some wrong ones another has to be mailed. */
export function confirmWish(user: User, id: string, code: string): Promise<Confirmed> {
  return withWish(id, async (t, wish): Promise<Confirmed> => {
    if (wish.state !== 'unconfirmed') return 'over'
    if (wish.tries >= MAX_TRIES) return 'too_often'
    const { code: mailed } = wish.open(await openSealer(wish.dataKeyId, t.trx))
    if (code !== mailed) {
      await wish.merge({ tries: wish.tries + 1 }).save()
      return 'wrong'
    }
    await wish.confirm(t, user.id)
    return 'confirmed'
  })
}

/** The resident wants it no longer. */
export function endWish(user: User, id: string): Promise<boolean> {
  return withWish(id, async (t, wish) => {
    if (wish.state === 'ended') return false
    await wish.end(t, user.id)
    return true
  })
}

/** One wish of a person at a time: two people may keep one at once. */
async function endEarlier(t: Transition, { clientId, of }: NewWish, actorId: string) {
  const tokens = tellingTerms(of).flatMap(searchTokensOf)
  for (const token of tokens.toSorted()) await lockName(t.trx, `reply wish ${clientId} ${token}`)
  const earlier = await ReplyWish.query({ client: t.trx })
    .where('clientId', clientId)
    .whereNot('state', 'ended')
    .whereIn('id', t.trx.from('reply_wish_tokens').whereIn('token', tokens).select('wish_id'))
    .orderBy('id')
    .forUpdate()
  for (const { row, of: who } of await openWishes(earlier, t.trx))
    if (isPossiblyOne(of, who)) await row.useTransaction(t.trx).end(t, actorId)
}

function withWish<T>(id: string, work: (t: Transition, wish: ReplyWish) => Promise<T>): Promise<T> {
  return transition(async (t) =>
    work(t, await ReplyWish.query({ client: t.trx }).where('id', id).forUpdate().firstOrFail())
  )
}

function newCode(): string {
  return String(randomInt(10_000)).padStart(4, '0')
}
