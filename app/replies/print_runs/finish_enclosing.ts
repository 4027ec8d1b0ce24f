import type PrintRun from '#app/replies/print_runs/print_run'
import { type Transition } from '#app/core/transition'

/** Counts printed sheets that are not yet in their envelopes; at none the run is enclosed. */
export async function finishEnclosing(t: Transition, run: PrintRun): Promise<number> {
  const { count } = await t.trx
    .from('sheets')
    .where({ print_run_id: run.id, state: 'printed' })
    .count('* as count')
    .firstOrFail()
  const left = Number(count)
  if (left === 0 && run.state === 'printed') {
    await run.enclose(t)
  }
  return left
}
