import { closedTo } from '#app/people/glass/closed'
import { manyToMany } from '@adonisjs/lucid/orm'
import type { ManyToMany } from '@adonisjs/lucid/types/relations'
import { ReplySchema } from '#database/schema'
import { moveRows, type StateRules } from '#app/core/change_state'
import { withdrawMails } from '#app/replies/mails/withdraw_mails'
import { today } from '#app/core/clock'
import { createSealers } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'
import type { Letter } from '#app/replies/letter'
import { letterSealContext } from '#app/replies/letter_seal_context'
import type { StopKind } from '#app/registry/stop_kinds'
import Submission from '#app/submissions/submission'

export type ReplyState =
  'drafted' | 'held' | 'ready' | 'in_run' | 'posted' | 'mailed' | 'handed' | 'canceled' | 'stopped'

/** States of what has not gone. */
const UNSENT = ['drafted', 'held', 'ready', 'in_run'] as const

/** In these it doesn't go as it is. */
const NOT_GOING: ReplyState[] = ['drafted', 'held', 'canceled', 'stopped']

/** From which states each can be reached. */
const FROM: Record<ReplyState, readonly ReplyState[]> = {
  // A mail that came back goes on paper.
  drafted: ['held', 'ready', 'in_run', 'mailed'],
  held: ['drafted', 'ready', 'in_run'],
  ready: ['drafted', 'held', 'in_run'],
  in_run: ['ready'],
  posted: ['in_run'],
  mailed: ['ready'],
  handed: ['ready'],
  // Also what was handed over or stopped, when its person is erased.
  canceled: [...UNSENT, 'handed', 'stopped'],
  stopped: UNSENT,
}

const RULES: StateRules<ReplyState> = { table: 'replies', subject: 'reply', from: FROM }

type Detail = Record<string, string | number>

/** Facts that the events of a change name. */
interface Change {
  actorId?: string | null
  /** the submissions that each reply is about: whose timelines tell of it */
  submissions?: Map<string, string[]>
  detail?: Detail | ((id: string) => Detail)
  /** where it isn't `reply.` and the state */
  verb?: string
}

/** An answer that goes back to the resident. Its state changes by its methods alone, each with its event. */
export default class Reply extends ReplySchema {
  static protectedWhen = `exists (select 1 from reply_submissions of_reply join submissions guarded on guarded.id = of_reply.submission_id
    where of_reply.reply_id = replies.id and ${closedTo('guarded')})`

  /** what it says: the service's text of that name */
  declare kind: string
  declare state: ReplyState
  declare stoppedFor: StopKind | null

  @manyToMany(() => Submission, { pivotTable: 'reply_submissions' })
  declare submissions: ManyToMany<typeof Submission>

  /** Records the opening of a new one: where it begins. */
  recordOpening(t: Transition): void {
    t.record({
      verb: 'reply.opened',
      subject: { type: 'reply', id: this.id },
      clientId: this.clientId,
      detail: { to: this.state },
    })
  }

  /** Opens the letters of a mailing: each can go as it is. They lie in the order of their places. */
  static async openOfMailing(
    t: Transition,
    mailing: { id: string; clientId: string; product: string; templateVersion: number },
    letters: { id: string; place: number; pages: number; letter: Letter }[]
  ): Promise<void> {
    if (letters.length === 0) return
    const { id: mailingId, clientId, product, templateVersion } = mailing
    const sealers = await createSealers(t.trx, 'reply', letters.length)
    await t.trx.table('replies').multiInsert(
      letters.map(({ id, place, pages, letter }, index) => ({
        ...{ id, place, pages, product },
        mailing_id: mailingId,
        client_id: clientId,
        template_version: templateVersion,
        kind: 'mailing',
        occasion: '',
        state: 'ready',
        data_key_id: sealers[index].dataKeyId,
        inputs: sealers[index].sealJson(letterSealContext(id), letter),
      }))
    )
    for (const { id } of letters)
      t.recordOnly({
        verb: 'reply.opened',
        subject: { type: 'reply', id },
        clientId,
        detail: { to: 'ready' },
      })
  }

  /** The mail server took them. */
  static mail(t: Transition, ids: string[], change: Change): Promise<string[]> {
    return Reply.#move(t, ids, 'mailed', { ...change, set: { mailed_on: today() } })
  }

  /** They are composed anew. */
  static redraft(t: Transition, ids: string[], change?: Change): Promise<string[]> {
    return Reply.#move(t, ids, 'drafted', change)
  }

  /** Somebody is asked first. */
  static hold(t: Transition, ids: string[], change?: Change): Promise<string[]> {
    return Reply.#move(t, ids, 'held', change)
  }

  /** They don't go; only those that stand in one of `from`. */
  static cancel(
    t: Transition,
    ids: string[],
    change?: Change & { from?: readonly ReplyState[] }
  ): Promise<string[]> {
    return Reply.#move(t, ids, 'canceled', change)
  }

  /** Nothing may be sent to their persons, and they say why. */
  static stop(t: Transition, ids: string[], kind: string, change?: Change): Promise<string[]> {
    return Reply.#move(t, ids, 'stopped', {
      ...change,
      detail: { kind },
      set: { stopped_for: kind },
    })
  }

  static takeIntoRun(t: Transition, ids: string[], change: Change): Promise<string[]> {
    return Reply.#move(t, ids, 'in_run', change)
  }

  /** Damaged in the run: printed anew with the next. */
  static leaveRun(t: Transition, ids: string[], change: Change): Promise<string[]> {
    return Reply.#move(t, ids, 'ready', change)
  }

  static post(t: Transition, ids: string[], change: Change): Promise<string[]> {
    return Reply.#move(t, ids, 'posted', change)
  }

  /** It can go as it is. */
  async makeReady(t: Transition, change: Change): Promise<void> {
    await this.useTransaction(t.trx).save()
    await Reply.#move(t, [this.id], 'ready', change)
    await this.refresh()
  }

  /** It can't go as it is: somebody is asked. */
  async holdBack(t: Transition, change: Change): Promise<void> {
    await this.useTransaction(t.trx).save()
    await Reply.#move(t, [this.id], 'held', change)
    await this.refresh()
  }

  /** It was given into the hand, once. */
  async handOver(t: Transition, change: Change): Promise<void> {
    await Reply.#move(t, [this.id], 'handed', change)
  }

  static async #move(
    t: Transition,
    ids: string[],
    to: ReplyState,
    {
      set,
      from = FROM[to],
      ...change
    }: Change & { set?: Record<string, string>; from?: readonly ReplyState[] } = {}
  ): Promise<string[]> {
    const moved = await moveRows(t, RULES, ids, to, { from, set })
    if (NOT_GOING.includes(to)) await withdrawMails(t, moved, change.actorId ?? null)
    for (const { id, clientId, from: before } of moved) {
      const detail = typeof change.detail === 'function' ? change.detail(id) : change.detail
      const told = change.submissions?.get(id) ?? []
      for (const submissionId of told.length > 0 ? told : [null])
        t.record({
          verb: change.verb ?? `reply.${to}`,
          subject: { type: 'reply', id },
          clientId,
          submissionId,
          actorId: change.actorId,
          detail: { from: before, to, ...detail },
        })
    }
    return moved.map((one) => one.id)
  }
}
