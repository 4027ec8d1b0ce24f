import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { PageSchema } from '#database/schema'
import { changeState, moveRow, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'
import { closedTo } from '#app/people/glass/closed'
import ServiceVersion from '#app/catalog/service_version'
import Scan from '#app/intake/scan'

type PageState = 'pending' | 'read' | 'matched' | 'identify' | 'set_aside'

/** It may show a number that nobody is to see: only a blur of it is kept, and it is never read. */
export const MAYBE_NUMBER = 'maybe_number'
/** Its file was refused. */
const SCAN_REFUSED = 'scan_refused'

const RULES: StateRules<PageState> = {
  table: 'pages',
  subject: 'page',
  from: {
    // Somebody has said what it is, or its file is opened once more.
    pending: ['identify', 'set_aside'],
    read: ['pending'],
    identify: ['pending', 'read', 'identify', 'set_aside'],
    matched: ['read', 'identify'],
    set_aside: ['pending', 'read', 'identify'],
  },
}

/** One page of a scan. Its pictures are sealed with its own data key. Its state changes by its methods alone, each with its event. */
export default class Page extends PageSchema {
  static protectedWhen = `exists (select 1 from submissions guarded where guarded.id = pages.submission_id and ${closedTo('guarded')})`

  declare state: PageState

  @belongsTo(() => Scan)
  declare scan: BelongsTo<typeof Scan>

  @belongsTo(() => ServiceVersion)
  declare serviceVersion: BelongsTo<typeof ServiceVersion>

  /** The machine knows which form it is. */
  async read(t: Transition): Promise<void> {
    await moveRow(t, RULES, this, 'read', { detail: { formPage: this.formPage! } })
  }

  /** The machine doesn't know which form it is. */
  async askWhatItIs(t: Transition, reason: string): Promise<void> {
    this.reason = reason
    await moveRow(t, RULES, this, 'identify', { verb: 'page.unidentified', detail: { reason } })
  }

  /** Asks which page is its other side: that isn't known. */
  async askForOtherSide(
    t: Transition,
    reason: 'doubtful_pair' | 'other_side_missing'
  ): Promise<void> {
    this.reason = reason
    await moveRow(t, RULES, this, 'identify', { verb: 'page.unpaired', detail: { reason } })
  }

  /** Somebody has said what it is: it is read as that. */
  async identify(
    t: Transition,
    { versionId, formPage }: { versionId: string; formPage: number },
    actorId: string
  ): Promise<void> {
    this.serviceVersionId = versionId
    this.formPage = formPage
    this.reason = null
    this.attempts = 0
    const detail = { formPage }
    await moveRow(t, RULES, this, 'pending', { verb: 'page.identified', actorId, detail })
  }

  /** It belongs to a submission. */
  async match(t: Transition, submissionId: string, actorId?: string): Promise<void> {
    this.submissionId = submissionId
    this.reason = null
    const detail = { formPage: this.formPage! }
    await moveRow(t, RULES, this, 'matched', { submissionId, actorId, detail })
  }

  /** It isn't to be keyed; it stays in the books. */
  async setAside(t: Transition, reason: string, actorId: string): Promise<void> {
    this.reason = reason
    await moveRow(t, RULES, this, 'set_aside', { actorId, detail: { reason } })
  }

  /** No page of a refused file goes on. What may show a number stays so, also when the file is opened again. */
  static async setAsideOf(t: Transition, scanId: string): Promise<void> {
    const { guarded, others } = await idsOf(t, scanId)
    await changeState(t, RULES, guarded, 'set_aside')
    await changeState(t, RULES, others, 'set_aside', { set: { reason: SCAN_REFUSED } })
  }

  /** Pages that were set aside with their file go on from where they were; those that are to be read. */
  static async goOn(t: Transition, scanId: string): Promise<{ id: string; number: number }[]> {
    const { guarded, refused } = await idsOf(t, scanId)
    const change = { verb: 'page.tried_again', from: ['set_aside'] as const }
    await changeState(t, RULES, guarded, 'identify', change)
    const going = await changeState(t, RULES, refused, 'pending', {
      ...change,
      set: { reason: null },
    })
    return t.trx
      .from('pages')
      .whereIn(
        'id',
        going.map((page) => page.id)
      )
      .select('id', 'number')
  }
}

/** Pages of a scan by what became of them: those that may show a number, all others, and of these those that went with their file. */
async function idsOf(t: Transition, scanId: string) {
  const pages: { id: string; reason: string | null }[] = await t.trx
    .from('pages')
    .where('scan_id', scanId)
    .select('id', 'reason')
  const ids = (fits: (reason: string | null) => boolean) =>
    pages.flatMap((page) => (fits(page.reason) ? [page.id] : []))
  return {
    guarded: ids((reason) => reason === MAYBE_NUMBER),
    others: ids((reason) => reason !== MAYBE_NUMBER),
    refused: ids((reason) => reason === SCAN_REFUSED),
  }
}
