import { column } from '@adonisjs/lucid/orm'
import { MailingSchema } from '#database/schema'
import type User from '#app/people/user'
import type { TYPE_SIZES } from '#app/replies/letter'
import { moveRow, type StateRules } from '#app/core/change_state'
import { newId } from '#app/core/ids'
import type { Transition } from '#app/core/transition'

export type MailingState =
  'preparing' | 'checking' | 'checked' | 'submitted' | 'composing' | 'composed' | 'canceled'

const RULES: StateRules<MailingState> = {
  table: 'mailings',
  subject: 'mailing',
  from: {
    // A list that can't be taken waits for another, or for somebody who says which column is which.
    preparing: ['checking'],
    // Another list, or the same with its columns matched otherwise.
    checking: ['preparing', 'checked'],
    // Sent back, or taken back by who submitted it.
    checked: ['checking', 'submitted'],
    submitted: ['checked'],
    composing: ['submitted'],
    composed: ['composing'],
    canceled: ['preparing', 'checked', 'submitted', 'composing', 'composed'],
  },
}

/** A reason for which nothing of a list was taken: key of a message, with what stands in it. */
export interface ListProblem {
  reason: string
  detail: Record<string, string | number>
}

/** The reason for which a list waits for somebody who says that its addresses are right. */
export const SHIFTED = 'mailings.shifted'

/** Of a list that is still to be looked at. */
const NOTHING_KNOWN = { rowsDone: 0, rowsTotal: 0, letters: 0, proofs: null }

/** The context that the reason for sending a mailing back is bound to. */
export const noteSealContext = (mailingId: string) => `mailings.note:${mailingId}`

/** Letters to the people of a client's list. Its state changes by its methods alone, each with its event. */
export default class Mailing extends MailingSchema {
  declare state: MailingState
  declare typeSize: (typeof TYPE_SIZES)[number]
  @column({ prepare: (headings: string[] | null) => headings && JSON.stringify(headings) })
  declare headings: string[] | null
  @column({ prepare: (matching: object) => JSON.stringify(matching) })
  declare matching: Record<string, string>
  @column({ prepare: (detail: object | null) => detail && JSON.stringify(detail) })
  declare detail: Record<string, string | number> | null

  static async prepare(
    t: Transition,
    mailing: Pick<
      Mailing,
      | 'clientId'
      | 'workOrderId'
      | 'templateId'
      | 'templateVersion'
      | 'product'
      | 'typeSize'
      | 'openedBy'
      | 'dataKeyId'
    >
  ): Promise<Mailing> {
    const made = await Mailing.create(
      { ...mailing, id: newId(), matching: {}, state: 'preparing' },
      { client: t.trx }
    )
    t.announce(`orders/${made.workOrderId}`)
    t.recordOnly({
      verb: 'mailing.prepared',
      subject: { type: 'mailing', id: made.id },
      clientId: made.clientId,
      actorId: made.openedBy,
    })
    return made
  }

  /** Its rows are to be looked at, one by one. */
  async check(t: Transition, by: Pick<User, 'id'>): Promise<void> {
    Object.assign(this, { ...NOTHING_KNOWN, reason: null, detail: null, attempts: 0 })
    await this.#move(t, 'checking', by.id)
  }

  /** Its list can't be taken as it is. */
  async refuse(t: Transition, { reason, detail }: ListProblem): Promise<void> {
    Object.assign(this, { reason, detail })
    await this.#move(t, 'preparing', null, 'mailing.refused')
  }

  /** All its rows were looked at. */
  async finishCheck(t: Transition): Promise<void> {
    await this.#move(t, 'checked', null)
  }

  /** Somebody asks another person to approve it. */
  async submit(t: Transition, by: Pick<User, 'id'>): Promise<void> {
    Object.assign(this, { submittedBy: by.id, note: null })
    await this.#move(t, 'submitted', by.id)
    await this.#stamp(t, 'submitted_at')
  }

  /** It is not approved (and why, sealed), or who submitted it takes it back. */
  async sendBack(t: Transition, by: Pick<User, 'id'>, why: Buffer | null): Promise<void> {
    Object.assign(this, { note: why, submittedBy: null, submittedAt: null })
    await this.#move(t, 'checked', by.id, 'mailing.sent_back')
  }

  /** A second person approves it, by a decision of the client's. */
  async approve(t: Transition, by: Pick<User, 'id'>): Promise<void> {
    Object.assign(this, { approvedBy: by.id, rowsDone: 0, attempts: 0 })
    await this.#move(t, 'composing', by.id, 'mailing.approved')
    await this.#stamp(t, 'approved_at')
  }

  /** Each of its letters can be printed, or says why not. */
  async finishComposing(t: Transition): Promise<void> {
    await this.#move(t, 'composed', null)
  }

  /** Nothing goes; null: nobody has gone on with it for too long. */
  async cancel(t: Transition, by: Pick<User, 'id'> | null): Promise<void> {
    await this.#move(t, 'canceled', by?.id ?? null)
    await this.#stamp(t, 'ended_at')
  }

  async #stamp(t: Transition, at: 'submitted_at' | 'approved_at' | 'ended_at'): Promise<void> {
    await t.trx
      .from('mailings')
      .where('id', this.id)
      .update({ [at]: t.trx.raw('now()') })
  }

  async #move(
    t: Transition,
    to: MailingState,
    actorId: string | null,
    verb?: string
  ): Promise<void> {
    t.announce(`mailings/${this.id}`)
    t.announce(`orders/${this.workOrderId}`)
    await moveRow(t, RULES, this, to, { actorId, verb })
  }
}
