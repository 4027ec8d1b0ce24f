import { MailSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import { mailServer } from '#app/core/mail/mail_server'
import type { Queries } from '#app/core/queries'
import { destroyDataKeys, openSealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'

export const MAIL_STATES = ['queued', 'sent', 'kept', 'failed', 'withdrawn', 'returned'] as const
export type MailState = (typeof MAIL_STATES)[number]

const RULES: StateRules<MailState> = {
  table: 'mails',
  subject: 'mail',
  from: {
    queued: ['kept', 'failed'],
    // One that was withdrawn while it was just leaving has left all the same.
    sent: ['queued', 'withdrawn'],
    kept: [],
    failed: ['queued'],
    withdrawn: ['queued', 'failed', 'kept'],
    returned: ['sent'],
  },
}

/** The words of a mail, and to whom they go. */
export interface MailContent {
  to: string
  subject: string
  /** plain text */
  text: string
}

/** Names the place that a mail's content is bound to. */
export const mailSealContext = (id: string) => `mails.content:${id}`

/** A mail to somebody who works with the system, or an answer to a resident. Its state changes by its methods alone. */
export default class Mail extends MailSchema {
  // The framework knows no plural of it.
  static override table = 'mails'
  declare state: MailState

  /** Opens what it says; null once it has left. */
  async open(client?: Queries): Promise<MailContent | null> {
    if (!this.content || !this.dataKeyId) return null
    const sealer = await openSealer(this.dataKeyId, client)
    return sealer.openJson<MailContent>(mailSealContext(this.id), this.content)
  }

  /** A server took it: what it said isn't kept. */
  async sent(t: Transition): Promise<void> {
    await this.#move(t, 'sent')
    await this.#forget(t)
  }

  /** The server refuses it for good. @param reason its code */
  async fail(t: Transition, reason: string): Promise<void> {
    await this.#move(t, 'failed', { reason })
  }

  /** Somebody has it sent after all; false where nothing leaves, or it has left already. */
  async again(t: Transition, by: { id: string }): Promise<boolean> {
    // What it said isn't there any more, where it belonged to what goes another way by now.
    if (!this.content || (await mailServer(t.trx))?.mode !== 'smtp') return false
    return this.#move(t, 'queued', { reason: null, attempts: 0 }, by.id)
  }

  /** Somebody doesn't want it sent; what it said isn't kept. */
  async withdraw(t: Transition, by: { id: string }): Promise<boolean> {
    const changed = await this.#move(t, 'withdrawn', {}, by.id)
    if (changed) await this.#forget(t)
    return changed
  }

  /** It came back: who it was for doesn't get it. @param reason what the other server said: `5.1.1` … */
  async comeBack(t: Transition, reason: string): Promise<boolean> {
    return this.#move(t, 'returned', { reason })
  }

  /** Those that have not left don't leave, and their words aren't kept: what they belong to goes another way, or nowhere. */
  static async withdrawAll(t: Transition, ids: string[], actorId: string | null): Promise<void> {
    await changeState(t, RULES, ids, 'withdrawn', {
      actorId,
      from: ['queued', 'kept'],
      set: { ended_at: new Date().toISOString() },
    })
    const rows: { data_key_id: string | null }[] = await t.trx
      .from('mails')
      .whereIn('id', ids)
      .update({ content: null })
      .returning(['data_key_id'])
    await destroyDataKeys(
      t.trx,
      rows.flatMap((one) => one.data_key_id ?? [])
    )
  }

  async #move(
    t: Transition,
    to: MailState,
    set: Record<string, string | number | null> = {},
    actorId: string | null = null
  ): Promise<boolean> {
    const ended = to === 'queued' ? null : new Date().toISOString()
    const change = { set: { ...set, ended_at: ended }, actorId }
    const changed = await changeState(t, RULES, [this.id], to, change)
    // Whoever had it written goes by what became of it.
    if (changed.length > 0) t.wake({ type: 'mail', id: this.id })
    return changed.length > 0
  }

  async #forget(t: Transition): Promise<void> {
    await t.trx.from('mails').where('id', this.id).update({ content: null })
    if (this.dataKeyId) await destroyDataKeys(t.trx, [this.dataKeyId])
  }
}
