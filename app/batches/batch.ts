import { column } from '@adonisjs/lucid/orm'
import { BatchSchema } from '#database/schema'
import type { WorkDefinition } from '#app/batches/kinds/work_definition'
import type User from '#app/people/user'
import { moveRow, type StateRules } from '#app/core/change_state'
import { newId } from '#app/core/ids'
import type { Transition } from '#app/core/transition'

export type BatchState =
  'preparing' | 'loading' | 'open' | 'paused' | 'delivered' | 'accepted' | 'canceling' | 'canceled'

const RULES: StateRules<BatchState> = {
  table: 'batches',
  subject: 'batch',
  from: {
    // A table that can't be taken waits for another.
    preparing: ['loading'],
    loading: ['preparing'],
    open: ['loading', 'paused', 'delivered'],
    paused: ['open'],
    delivered: ['open', 'paused'],
    accepted: ['delivered'],
    canceling: ['preparing', 'loading', 'open', 'paused', 'delivered'],
    canceled: ['canceling'],
  },
}

/** A reason for which nothing of a table was taken: key of a message, with what stands in it. */
export interface BatchProblem {
  reason: string
  detail: Record<string, string | number>
}

/** The context that a client's reason for sending a batch back is bound to. */
export const noteSealContext = (batchId: string) => `batches.note:${batchId}`

/** Of a batch, what a leader may plan otherwise until it is delivered. */
export type BatchPlan = Pick<Batch, 'title' | 'dueOn' | 'leaderId' | 'teamId' | 'priority'>

/** Some work of one kind for a client, due on a day. Its state changes by its methods alone, each with its event. */
export default class Batch extends BatchSchema {
  declare state: BatchState
  @column({ prepare: (definition: WorkDefinition) => JSON.stringify(definition) })
  declare definition: WorkDefinition
  @column({ prepare: (headings: string[] | null) => headings && JSON.stringify(headings) })
  declare headings: string[] | null
  @column({ prepare: (detail: object | null) => detail && JSON.stringify(detail) })
  declare detail: Record<string, string | number> | null

  static async prepare(
    t: Transition,
    batch: Pick<
      Batch,
      | 'clientId'
      | 'workKindId'
      | 'definition'
      | 'title'
      | 'dueOn'
      | 'priority'
      | 'leaderId'
      | 'teamId'
      | 'homeWorkAgreed'
      | 'askedPieces'
      | 'openedBy'
      | 'dataKeyId'
      | 'workOrderId'
    >
  ): Promise<Batch> {
    const made = await Batch.create(
      { ...batch, id: newId(), state: 'preparing' },
      { client: t.trx }
    )
    t.recordOnly({
      verb: 'batch.prepared',
      subject: { type: 'batch', id: made.id },
      clientId: made.clientId,
      actorId: made.openedBy,
    })
    return made
  }

  /** It is planned otherwise: what changed stands in its history. */
  async plan(t: Transition, by: Pick<User, 'id'>, plan: BatchPlan): Promise<void> {
    const { dueOn, priority, leaderId, teamId } = this
    Object.assign(this, plan)
    await this.save()
    t.announce(`batches/${this.id}`)
    t.recordOnly({
      verb: 'batch.planned',
      subject: { type: 'batch', id: this.id },
      clientId: this.clientId,
      actorId: by.id,
      detail: {
        ...(dueOn === plan.dueOn ? {} : { was_due: dueOn, due: plan.dueOn }),
        ...(priority === plan.priority ? {} : { priority: plan.priority }),
        ...(leaderId === plan.leaderId ? {} : { leader: plan.leaderId }),
        ...(teamId === plan.teamId ? {} : { team: plan.teamId }),
      },
    })
  }

  /** Its pieces are to be laid out. */
  async layOut(t: Transition, by: Pick<User, 'id'>): Promise<void> {
    Object.assign(this, { reason: null, detail: null, attempts: 0 })
    await this.#move(t, 'loading', by.id)
  }

  /** Its table can't be taken; another may be. */
  async refuse(t: Transition, { reason, detail }: BatchProblem): Promise<void> {
    Object.assign(this, { reason, detail })
    await this.#move(t, 'preparing', null, 'batch.refused')
  }

  /** It is offered. */
  async open(t: Transition, by: Pick<User, 'id'> | null = null, verb?: string): Promise<void> {
    await this.#move(t, 'open', by?.id ?? null, verb)
    await t.trx
      .from('batches')
      .where('id', this.id)
      .whereNull('opened_at')
      .update({ opened_at: t.trx.raw('now()') })
  }

  /** It is offered to nobody for now; who has accepted a pack of it goes on. */
  async pause(t: Transition, by: Pick<User, 'id'>): Promise<void> {
    await this.#move(t, 'paused', by.id)
  }

  async deliver(t: Transition, by: Pick<User, 'id'>): Promise<void> {
    Object.assign(this, { note: null, fetchedAt: null })
    await this.#move(t, 'delivered', by.id)
    await this.#stamp(t, 'delivered_at')
  }

  /** The client has it, from now on: the days run in which it can send it back. */
  async noteFetched(t: Transition): Promise<void> {
    await t.trx
      .from('batches')
      .where({ id: this.id, state: 'delivered' })
      .whereNull('fetched_at')
      .update({ fetched_at: t.trx.raw('now()') })
  }

  /** The client takes what was delivered; null: they have said nothing for so long that it counts as taken. */
  async accept(t: Transition, by: Pick<User, 'id'> | null): Promise<void> {
    await this.#decided(t, 'accepted', by, null)
  }

  /** The client sends it back, and says why (sealed). */
  async sendBack(t: Transition, by: Pick<User, 'id'>, why: Buffer): Promise<void> {
    await this.#decided(t, 'open', by, why)
  }

  /** Nothing more is done about it; null: nobody has touched it for too long. */
  async cancel(t: Transition, by: Pick<User, 'id'> | null): Promise<void> {
    this.decidedBy = by?.id ?? null
    await this.#move(t, 'canceling', by?.id ?? null)
    await this.#stamp(t, 'decided_at')
  }

  async end(t: Transition): Promise<void> {
    await this.#move(t, 'canceled', null)
  }

  async #decided(
    t: Transition,
    to: 'accepted' | 'open',
    by: Pick<User, 'id'> | null,
    note: Buffer | null
  ): Promise<void> {
    Object.assign(this, { note, decidedBy: by?.id ?? null })
    await this.#move(t, to, by?.id ?? null, to === 'open' ? 'batch.sent_back' : undefined)
    await this.#stamp(t, 'decided_at')
  }

  /** Notes when it was, by the database's clock. */
  async #stamp(t: Transition, at: 'delivered_at' | 'decided_at'): Promise<void> {
    await t.trx
      .from('batches')
      .where('id', this.id)
      .update({ [at]: t.trx.raw('now()') })
  }

  async #move(t: Transition, to: BatchState, actorId: string | null, verb?: string): Promise<void> {
    t.announce(`batches/${this.id}`)
    if (this.workOrderId) t.announce(`orders/${this.workOrderId}`)
    await moveRow(t, RULES, this, to, { actorId, verb })
  }
}
