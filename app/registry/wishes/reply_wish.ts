import { ReplyWishSchema } from '#database/schema'
import { moveRow, type StateRules } from '#app/core/change_state'
import Mail from '#app/core/mail/mail'
import type { Sealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'
import type { PersonFacts } from '#app/submissions/search_tokens'

/** Sizes of type in which people can wish for their letters (points). */
export const WISHED_SIZES = [12, 14, 18, 22] as const
export type WishedSize = (typeof WISHED_SIZES)[number]

/** `failed`: mail to the address came back; letters go on paper. */
export type WishState = 'unconfirmed' | 'active' | 'failed' | 'ended'

const RULES: Pick<StateRules<WishState>, 'subject' | 'from'> = {
  subject: 'reply_wish',
  from: {
    unconfirmed: ['unconfirmed', 'failed'],
    active: ['unconfirmed'],
    failed: ['active'],
    ended: ['unconfirmed', 'active', 'failed'],
  },
}

/** The sealed part of a wish. */
export interface WishedBy {
  /** the resident */
  of: PersonFacts
  /** e-mail address; empty where all goes on paper */
  email: string
  /** the number that was mailed there, to be told back; empty where none was */
  code: string
}

/** Names what the content of a wish is bound to. */
export const wishSealContext = (id: string) => `reply_wishes.wish:${id}`

/** A resident's wish for how to be answered, until it ends. Its state changes by its methods alone, each with its event. */
export default class ReplyWish extends ReplyWishSchema {
  declare state: WishState
  declare typeSize: WishedSize | null

  /** @throws {SealBroken} */
  open(sealer: Sealer): WishedBy {
    return sealer.openJson<WishedBy>(wishSealContext(this.id), this.wish)
  }

  /** Another number was mailed: what was told before counts no more. */
  async askAgain(t: Transition, sealer: Sealer, code: string, actorId: string): Promise<void> {
    this.tries = 0
    this.wish = sealer.sealJson(wishSealContext(this.id), { ...this.open(sealer), code })
    await moveRow(t, RULES, this, 'unconfirmed', { actorId, verb: 'reply_wish.asked' })
  }

  /** The number was told right: mail arrives there. */
  confirm(t: Transition, actorId: string): Promise<void> {
    return moveRow(t, RULES, this, 'active', { actorId })
  }

  /** A mail came back: until the address is confirmed anew, letters go on paper. */
  async fail(t: Transition): Promise<void> {
    if (this.state === 'active') await moveRow(t, RULES, this, 'failed')
  }

  async end(t: Transition, actorId: string): Promise<void> {
    await moveRow(t, RULES, this, 'ended', { actorId })
    if (this.mailId) await Mail.withdrawAll(t, [this.mailId], actorId)
  }
}
