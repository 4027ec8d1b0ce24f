import { hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import { PrintRunSchema } from '#database/schema'
import { changeState, type StateChange, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'
import Sheet from '#app/replies/print_runs/sheet'

export type PrintRunState = 'planned' | 'typeset' | 'printed' | 'enclosed' | 'posted'

const RULES: StateRules<PrintRunState> = {
  table: 'print_runs',
  subject: 'print_run',
  from: {
    // Typeset anew: without somebody, or with another day.
    planned: ['planned', 'typeset', 'printed', 'enclosed'],
    typeset: ['planned'],
    printed: ['typeset'],
    enclosed: ['printed'],
    // Also where nothing is left to print.
    posted: ['enclosed', 'planned'],
  },
}

/** Replies that are printed, enclosed and posted together. Its state changes by its methods alone, each with its event. */
export default class PrintRun extends PrintRunSchema {
  declare state: PrintRunState

  @hasMany(() => Sheet)
  declare sheets: HasMany<typeof Sheet>

  /** It is typeset once more, and printed anew. */
  async replan(t: Transition, set: { dated_on?: string } = {}): Promise<void> {
    await this.#moveTo(t, 'planned', { set: { ...set, file: null } })
    t.wake({ type: 'print_run', id: this.id })
  }

  typeset(t: Transition, file: string): Promise<void> {
    return this.#moveTo(t, 'typeset', { set: { file } })
  }

  print(t: Transition, actorId: string): Promise<void> {
    return this.#moveTo(t, 'printed', { actorId })
  }

  enclose(t: Transition): Promise<void> {
    return this.#moveTo(t, 'enclosed')
  }

  /** @param postedOn YYYY-MM-DD; null where there was nothing left to post */
  post(t: Transition, postedOn: string | null, actorId?: string): Promise<void> {
    return this.#moveTo(t, 'posted', { actorId, set: { posted_on: postedOn } })
  }

  /** @throws when it can't be reached from where it stands */
  async #moveTo(
    t: Transition,
    to: PrintRunState,
    change: StateChange<PrintRunState> = {}
  ): Promise<void> {
    const changed = await changeState(t, RULES, [this.id], to, change)
    if (changed.length === 0) throw new Error(`A print run can't go from ${this.state} to ${to}`)
    await this.useTransaction(t.trx).refresh()
  }
}
