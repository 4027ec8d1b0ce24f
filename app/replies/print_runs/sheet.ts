import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { SheetSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import { today } from '#app/core/clock'
import type { Transition } from '#app/core/transition'
import Reply from '#app/replies/reply'

export type SheetState = 'planned' | 'printed' | 'enclosed' | 'posted' | 'returned' | 'pulled'

const RULES: StateRules<SheetState> = {
  table: 'sheets',
  subject: 'sheet',
  client: '(select client_id from print_runs where print_runs.id = r.print_run_id)',
  from: {
    // The run is typeset anew.
    planned: ['printed', 'enclosed'],
    printed: ['planned'],
    enclosed: ['printed'],
    posted: ['enclosed'],
    returned: ['posted'],
    pulled: ['planned', 'printed', 'enclosed'],
  },
}

/** One numbered piece of a print run. Its state changes by its methods alone, each with its event. */
export default class Sheet extends SheetSchema {
  declare state: SheetState

  @belongsTo(() => Reply)
  declare reply: BelongsTo<typeof Reply>

  /** The run is typeset anew: its sheets that stand so are to be printed anew. */
  static async replan(
    t: Transition,
    runId: string,
    from: ('printed' | 'enclosed')[]
  ): Promise<void> {
    await changeState(t, RULES, await idsIn(t, runId), 'planned', { from })
  }

  static async print(t: Transition, runId: string): Promise<void> {
    await changeState(t, RULES, await idsIn(t, runId), 'printed')
  }

  static async enclose(t: Transition, id: string, actorId: string): Promise<void> {
    await changeState(t, RULES, [id], 'enclosed', { actorId })
  }

  static async post(t: Transition, runId: string, actorId: string): Promise<void> {
    await changeState(t, RULES, await idsIn(t, runId), 'posted', { actorId })
  }

  /** The post brought it back, and why. */
  static async comeBack(t: Transition, id: string, reason: string, actorId: string): Promise<void> {
    await changeState(t, RULES, [id], 'returned', {
      actorId,
      set: { reason, returned_on: today() },
      detail: { reason },
    })
  }

  /** They are taken out of their runs, and why. */
  static async pull(t: Transition, ids: string[], reason: string, actorId?: string): Promise<void> {
    await changeState(t, RULES, ids, 'pulled', { actorId, set: { reason }, detail: { reason } })
  }
}

async function idsIn(t: Transition, runId: string): Promise<string[]> {
  const rows: { id: string }[] = await t.trx
    .from('sheets')
    .where('print_run_id', runId)
    .select('id')
  return rows.map((row) => row.id)
}
