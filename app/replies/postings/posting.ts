import { hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import { PostingSchema } from '#database/schema'
import { changeState, type StateChange, type StateRules } from '#app/core/change_state'
import { today } from '#app/core/clock'
import type { Transition } from '#app/core/transition'
import type { PostingLine } from '#app/replies/postings/posting_lines'
import PrintRun from '#app/replies/print_runs/print_run'

export type PostingState = 'planned' | 'posted' | 'accepted' | 'canceled'

/** Services of the post that a posting can ask for: 普通, 簡易書留, 特定記録. */
export const MAIL_SERVICES = ['ordinary', 'registered', 'recorded'] as const
/** Ways in which it is paid: 料金後納, 料金別納, stamps. */
export const PAID_BY = ['account', 'cash', 'stamps'] as const
/** Envelopes of letters: 長形3号, which goes as a standard letter, and 角形2号. */
export const ENVELOPES = ['long3', 'square2'] as const

/** Reasons for which the post office counts others than we do; words in `postings.difference_…`. */
export const DIFFERENCES = ['brought_back', 'kept_there', 'miscounted', 'other'] as const

const RULES: StateRules<PostingState> = {
  table: 'postings',
  subject: 'posting',
  from: { planned: [], posted: ['planned'], accepted: ['posted'], canceled: ['planned'] },
}

/** Print runs that are handed to the post office together. Its state changes by its methods alone, each with its event. */
export default class Posting extends PostingSchema {
  declare state: PostingState
  declare mailService: (typeof MAIL_SERVICES)[number]
  declare paidBy: (typeof PAID_BY)[number]
  declare envelope: (typeof ENVELOPES)[number] | null
  declare lines: PostingLine[] | null

  @hasMany(() => PrintRun)
  declare runs: HasMany<typeof PrintRun>

  /** All its runs are posted; what they weigh and cost stays as it was. */
  post(t: Transition, actorId: string, lines: PostingLine[]): Promise<void> {
    return this.#moveTo(t, 'posted', {
      actorId,
      set: { lines: JSON.stringify(lines), posted_on: today() },
    })
  }

  /** @param difference why the post office counted others than we did; null where it didn't */
  accept(
    t: Transition,
    actorId: string,
    accepted: number,
    difference: string | null
  ): Promise<void> {
    return this.#moveTo(t, 'accepted', {
      actorId,
      set: { accepted, difference },
      detail: { accepted },
    })
  }

  cancel(t: Transition, actorId: string): Promise<void> {
    return this.#moveTo(t, 'canceled', { actorId })
  }

  /** @throws when it can't be reached from where it stands */
  async #moveTo(t: Transition, to: PostingState, change: StateChange<PostingState>): Promise<void> {
    const changed = await changeState(t, RULES, [this.id], to, change)
    if (changed.length === 0) throw new Error(`A posting can't go from ${this.state} to ${to}`)
    await this.useTransaction(t.trx).refresh()
  }
}
