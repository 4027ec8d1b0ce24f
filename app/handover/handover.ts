import { HandoverSchema } from '#database/schema'
import { connectors } from '#app/handover/connectors'
import { newId } from '#app/core/ids'
import type { Transition } from '#app/core/transition'

export type HandoverState =
  | 'pending'
  /** a person goes on from here: calls, or looks at the papers */
  | 'asked'
  /** for a place that is free */
  | 'waiting'
  | 'done'
  | 'refused'
  /** the digital service couldn't be reached, again and again */
  | 'failed'
  /** what was given over is taken back from the digital service */
  | 'canceling'
  | 'canceled'

/** From which states each can be reached. */
const FROM: Record<HandoverState, HandoverState[]> = {
  pending: ['failed'],
  asked: ['pending', 'refused'],
  waiting: [],
  // Moved to another time, it is done anew; a place that was offered before a correction can still be taken.
  done: ['pending', 'asked', 'waiting', 'refused', 'done', 'canceled'],
  refused: ['pending', 'asked', 'waiting', 'refused', 'canceled'],
  failed: ['pending', 'canceling'],
  canceling: ['done', 'canceled', 'failed'],
  canceled: ['pending', 'asked', 'waiting', 'done', 'refused', 'failed', 'canceling', 'canceled'],
}

/** The author of a change, and the submission whose timeline tells of it; elsewhere it stands in the history alone. */
interface Change {
  actorId?: string
  toldTo?: string
}

/** A revision given to a digital service. Its state changes by its methods alone, each with its event. */
export default class Handover extends HandoverSchema {
  declare state: HandoverState

  /** Begins one for a revision, once for each connector. */
  static async open(
    t: Transition,
    { id: submissionId, clientId }: { id: string; clientId: string },
    revisionId: string,
    connector: string,
    state: 'pending' | 'waiting' = 'pending'
  ): Promise<Handover> {
    return Handover.firstOrCreate(
      { revisionId, connector },
      {
        id: newId(),
        submissionId,
        clientId,
        idempotencyKey: `${connector}:${revisionId}`,
        state,
        attempts: state === 'waiting' ? 1 : 0,
      },
      { client: t.trx }
    )
  }

  /** Those of a submission that stand so, locked. */
  static of(t: Transition, submissionId: string, states: HandoverState[]): Promise<Handover[]> {
    return Handover.query({ client: t.trx })
      .where({ submissionId })
      .whereIn('state', states)
      .orderBy('id')
      .forUpdate()
  }

  /** Somebody goes on with it. */
  ask(t: Transition, reason: string, change?: Change): Promise<void> {
    return this.#moveTo(t, 'asked', { reason }, change)
  }

  /** The digital service has it, under its own reference. */
  finish(
    t: Transition,
    { reference, reason = null }: { reference: string | null; reason?: string | null },
    change?: Change
  ): Promise<void> {
    return this.#moveTo(t, 'done', { reference, reason }, change)
  }

  /** It isn't taken, for good. */
  refuse(t: Transition, reason: string, change?: Change): Promise<void> {
    return this.#moveTo(t, 'refused', { reason }, change)
  }

  /** Nobody could be reached there; a person looks why. */
  fail(t: Transition, change?: Change): Promise<void> {
    return this.#moveTo(t, 'failed', { reason: this.state }, change)
  }

  /** Once more from where it failed. */
  async tryAgain(t: Transition, change: Change): Promise<void> {
    this.attempts = 0
    await this.#moveTo(t, this.reason === 'canceling' ? 'canceling' : 'pending', {}, change)
    t.wake({ type: 'handover', id: this.id })
  }

  /** Begins to take back what the digital service has. */
  async takeBack(t: Transition, change?: Change): Promise<void> {
    this.attempts = 0
    await this.#moveTo(t, 'canceling', {}, change)
    t.wake({ type: 'handover', id: this.id })
  }

  /**
   * It isn't wanted any more, or is no longer so.
   * @param forget also what the digital service called it; else letters can still tell of it
   */
  cancel(t: Transition, { forget = false, ...change }: Change & { forget?: boolean } = {}) {
    return this.#moveTo(t, 'canceled', forget ? { reference: null } : {}, change)
  }

  /** The digital service calls it otherwise now; it stands where it stood. */
  async refer(t: Transition, reference: string): Promise<void> {
    this.reference = reference
    await this.useTransaction(t.trx).save()
  }

  /** One more call was made about it. */
  async countAttempt(t: Transition): Promise<void> {
    this.attempts += 1
    await this.useTransaction(t.trx).save()
  }

  /** @throws when it can't be reached from where it stands; the row must be locked */
  async #moveTo(
    t: Transition,
    to: HandoverState,
    { reason = null, ...set }: { reason?: string | null; reference?: string | null },
    change: Change = {}
  ): Promise<void> {
    const from = this.state
    if (!FROM[to].includes(from)) throw new Error(`A handover can't go from ${from} to ${to}`)
    Object.assign(this, set, { reason, state: to })
    await this.useTransaction(t.trx).save()
    const event = {
      verb: `handover.${to}`,
      subject: { type: 'handover', id: this.id },
      clientId: this.clientId,
      actorId: change.actorId,
      detail: { from, to, ...(reason && to !== 'failed' ? this.#words(to, reason) : {}) },
    }
    if (change.toldTo) t.record({ ...event, submissionId: change.toldTo })
    else t.recordOnly(event)
  }

  /** Returns the reason, and by which words of its connector timelines say so. */
  #words(to: HandoverState, reason: string): { reason: string; label: string } {
    const { label, asking = label } = connectors.get(this.connector).reasonOf(reason)
    return { reason, label: to === 'asked' ? asking : label }
  }
}
