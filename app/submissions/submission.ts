import { belongsTo, column, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { EntryGroup } from '#app/catalog/description'
import type { Transition } from '#app/core/transition'
import { SubmissionSchema } from '#database/schema'
import ServiceVersion from '#app/catalog/service_version'
import { closedTo } from '#app/people/glass/closed'
import { newReceiptNumber } from '#app/submissions/receipt_number'
import Revision from '#app/submissions/revision'

export type SubmissionState =
  | 'collecting'
  | 'reading'
  | 'keying'
  | 'adjudicating'
  | 'verified'
  | 'handing_over'
  | 'replying'
  | 'closed'
  | 'held'
  | 'canceled'
  | 'erased'

/** From which states each can be reached. A correction and a letter that is sent later go back. */
const FROM: Record<SubmissionState, SubmissionState[]> = {
  collecting: [],
  reading: [],
  keying: ['reading', 'adjudicating'],
  adjudicating: ['keying'],
  verified: ['collecting', 'keying', 'adjudicating', 'handing_over', 'replying', 'closed', 'held'],
  handing_over: ['verified', 'replying', 'closed'],
  replying: ['handing_over', 'closed'],
  closed: ['replying'],
  held: ['verified', 'handing_over', 'replying'],
  canceled: ['collecting', 'reading', 'keying', 'adjudicating', 'verified', 'held'],
  erased: [
    ...(['collecting', 'reading', 'keying', 'adjudicating', 'verified'] as const),
    ...(['handing_over', 'replying', 'closed', 'held', 'canceled'] as const),
  ],
}

/** Nothing is to be done any more, and it may be opened again. */
const ENDS: SubmissionState[] = ['closed', 'canceled']

/** One resident's request, by any channel. Its state changes by its methods alone, each with its event. */
export default class Submission extends SubmissionSchema {
  static protectedWhen = closedTo('submissions')

  declare state: SubmissionState

  @column({ prepare: (keying: object | null) => keying && JSON.stringify(keying) })
  declare keying: Record<string, EntryGroup['keying']> | null

  @belongsTo(() => ServiceVersion)
  declare serviceVersion: BelongsTo<typeof ServiceVersion>

  @hasMany(() => Revision)
  declare revisions: HasMany<typeof Revision>

  /** Begins one, with a receipt number of its own. */
  static async open(
    t: Transition,
    given: Partial<Submission> &
      Pick<Submission, 'id' | 'clientId' | 'serviceVersionId' | 'dataKeyId' | 'channel' | 'state'>,
    by: { actorId?: string; detail?: Record<string, string> } = {}
  ): Promise<Submission> {
    const opened = await Submission.create(
      { ...given, receipt: await newReceiptNumber(t.trx) },
      { client: t.trx }
    )
    t.record({
      verb: 'submission.opened',
      subject: { type: 'submission', id: opened.id },
      clientId: opened.clientId,
      submissionId: opened.id,
      actorId: by.actorId,
      detail: { ...by.detail, to: opened.state },
    })
    return opened
  }

  /** Of these, those that belong to no work order belong to this one from now on; which they were. */
  static async putInOrder(t: Transition, ids: string[], orderId: string): Promise<string[]> {
    const taken: { id: string }[] = await t.trx
      .from('submissions')
      .whereIn('id', ids)
      .whereNull('work_order_id')
      .update({ work_order_id: orderId })
      .returning(['id'])
    return taken.map((one) => one.id)
  }

  /** Says of these whether they are for named staff only (支援措置); for which that is new. */
  static async setProtected(t: Transition, ids: string[], is: boolean): Promise<string[]> {
    const marked: { id: string }[] = await t.trx
      .from('submissions')
      .whereIn('id', ids)
      .where('protected', !is)
      .update({ protected: is })
      .returning(['id'])
    return marked.map((one) => one.id)
  }

  /** Its groups are keyed by whom the plan of its service says, or by whom its version does (null). */
  async followPlan(number: number, keying: Submission['keying']): Promise<void> {
    this.planNumber = number
    this.keying = keying
    await this.save()
  }

  /** Its groups are to be keyed, once more where somebody has taken back what was decided. */
  askToKey(t: Transition): Promise<void> {
    return this.#moveTo(t, 'keying')
  }

  /** Keyers disagree: somebody decides. */
  askToDecide(t: Transition): Promise<void> {
    return this.#moveTo(t, 'adjudicating')
  }

  /** Its values stand: keyed alike, decided, read back, or corrected. */
  verify(t: Transition, by?: { actorId: string; person?: string | null }): Promise<void> {
    const person = by?.person === undefined ? {} : { person: by.person }
    return this.#moveTo(t, 'verified', { actorId: by?.actorId, with: { draft: null, ...person } })
  }

  /** Hands what stands to the digital service, or has its answer looked at again. */
  handOver(t: Transition, actorId?: string): Promise<void> {
    return this.#moveTo(t, 'handing_over', { actorId })
  }

  /** The resident is told. */
  reply(t: Transition): Promise<void> {
    return this.#moveTo(t, 'replying')
  }

  /** Another letter goes about what was closed; while it is open it needs no reopening. */
  async reopenToReply(t: Transition, actorId?: string): Promise<void> {
    if (this.state === 'closed') await this.#moveTo(t, 'replying', { actorId })
  }

  /** Everything is answered. */
  close(t: Transition): Promise<void> {
    return this.#moveTo(t, 'closed')
  }

  /** It was begun and is not wanted. */
  cancel(t: Transition, actorId: string): Promise<void> {
    return this.#moveTo(t, 'canceled', { actorId, with: { draft: null, person: null } })
  }

  /** Nothing of the person is known any more: a token would still tell that two submissions are one person's. */
  async erase(t: Transition, actorId?: string): Promise<void> {
    await this.#moveTo(t, 'erased', { actorId, with: { draft: null, person: null } })
    await t.trx
      .from('submissions')
      .where('id', this.id)
      .update({ erased_at: t.trx.raw('now()') })
  }

  /** @throws when it can't be reached from where it stands; the row must be locked */
  async #moveTo(
    t: Transition,
    to: SubmissionState,
    change: { actorId?: string; with?: Pick<Partial<Submission>, 'draft' | 'person'> } = {}
  ): Promise<void> {
    const from = this.state
    if (from !== to && !FROM[to].includes(from))
      throw new Error(`A submission can't go from ${from} to ${to}`)
    Object.assign(this, change.with, { state: to })
    await this.useTransaction(t.trx).save()
    if (this.workOrderId) t.announce(`orders/${this.workOrderId}`)
    // It stays where it is, and is looked at once more.
    if (from === to) return t.wake({ type: 'submission', id: this.id })
    // From its end on the time counts for which it is kept.
    await t.trx
      .from('submissions')
      .where('id', this.id)
      .update({ ended_at: ENDS.includes(to) ? t.trx.raw('now()') : null })
    t.record({
      verb: `submission.${to}`,
      subject: { type: 'submission', id: this.id },
      clientId: this.clientId,
      submissionId: this.id,
      actorId: change.actorId,
      detail: { from, to },
    })
  }

  /** By what a home worker's exposures are linked: the envelope, else the submission alone. */
  get linkageId(): string {
    return this.envelopeId ?? this.id
  }
}
