import type Batch from '#app/batches/batch'
import type { WorkDefinition } from '#app/batches/kinds/work_definition'
import { factsIn } from '#app/registry/facts_in'
import type Piece from '#app/batches/pieces/piece'
import { givenSealContext } from '#app/batches/pieces/piece'
import type User from '#app/people/user'
import { refuseNumber } from '#app/registry/refused_numbers'
import type { Sealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'

/** So often somebody is called who isn't reached. */
export const MAX_CALLS = 3
/** After this they are called again (minutes). */
export const AGAIN_MINUTES = 180

/** Reads out of an answer what it means beside what it says: call again, or never again. */
export function outcomeOfCall(
  { calls, fields }: Pick<WorkDefinition, 'calls' | 'fields'>,
  values: Record<string, string> | undefined
): 'again' | 'never' | null {
  // A text of somebody's own means nothing beyond itself.
  const says = (meant: string | null | undefined) =>
    typeof meant === 'string' &&
    fields.some(({ key, options = [] }) => options.includes(meant) && values?.[key] === meant)
  if (says(calls?.never)) return 'never'
  return says(calls?.again) ? 'again' : null
}

/** Somebody wants no more calls: their number, as the table has it, is called for this client no more. */
export async function callNoMore(
  t: Transition,
  user: Pick<User, 'id'>,
  { batch, piece, sealer }: { batch: Batch; piece: Piece; sealer: Sealer }
): Promise<void> {
  const row = sealer.openJson<string[]>(givenSealContext(piece.id), piece.given!)
  const { phone } = factsIn(batch.headings ?? [], row)
  if (phone) await refuseNumber(t, user, { clientId: batch.clientId, phone })
}
