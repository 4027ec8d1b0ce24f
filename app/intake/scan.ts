import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { ScanSchema } from '#database/schema'
import { moveRow, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'
import Service from '#app/catalog/service'

type ScanState = 'received' | 'decoded' | 'separated' | 'refused'

const RULES: StateRules<ScanState> = {
  table: 'scans',
  subject: 'scan',
  from: {
    // Opened once more.
    received: ['refused'],
    decoded: ['received'],
    separated: ['decoded'],
    refused: ['received'],
  },
}

/** One file that came in. Its state changes by its methods alone, each with its event. */
export default class Scan extends ScanSchema {
  declare state: ScanState

  @belongsTo(() => Service)
  declare service: BelongsTo<typeof Service>

  /** All its pages are there. */
  async decoded(t: Transition, pages: number): Promise<void> {
    this.pageCount = pages
    await moveRow(t, RULES, this, 'decoded', { detail: { pages } })
  }

  /** Its pages are sorted into so many forms. */
  async separated(t: Transition, forms: number): Promise<void> {
    await moveRow(t, RULES, this, 'separated', { detail: { forms } })
  }

  async refuse(t: Transition, reason: string): Promise<void> {
    this.reason = reason
    await moveRow(t, RULES, this, 'refused', { detail: { reason } })
  }

  /** It is opened once more, as if it had just come. */
  async tryAgain(t: Transition, actorId: string): Promise<void> {
    this.reason = null
    this.attempts = 0
    this.decodersEnded = 0
    this.decoderEndedAt = null
    await moveRow(t, RULES, this, 'received', { verb: 'scan.tried_again', actorId })
  }
}
