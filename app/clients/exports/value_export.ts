import { ExportSchema } from '#database/schema'
import { moveRow, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

type ExportState = 'asked' | 'made' | 'failed'

const RULES: StateRules<ExportState> = {
  table: 'exports',
  subject: 'export',
  from: { asked: [], made: ['asked'], failed: ['asked'] },
}

/** Values that somebody takes out as a file. Its state changes by its methods alone, each with its event. */
export default class ValueExport extends ExportSchema {
  static override table = 'exports'

  declare state: ExportState
  declare encoding: 'utf8' | 'cp932'
  declare locale: 'ja' | 'en'

  /** The file is there; null: it couldn't be made. */
  async end(
    t: Transition,
    made: Pick<ValueExport, 'file' | 'bytes' | 'digest' | 'lacking'> | null
  ): Promise<void> {
    Object.assign(this, made)
    await moveRow(t, RULES, this, made ? 'made' : 'failed')
    await t.trx
      .from('exports')
      .where('id', this.id)
      .update({ made_at: t.trx.raw('now()') })
  }
}

/** Rows in which the file's encoding lacks characters. */
export interface Lacking {
  receipt: string
  characters: string[]
}

/** The context that the list of such rows is bound to. */
export const lackingSealContext = (id: string) => `exports.lacking:${id}`
