import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

/** States that everything goes through to which somebody of a client must agree. */
type Asked = 'proposed' | 'approved' | 'declined'

/** Writes down whether somebody agreed; for the models of what was asked. @returns false where that was decided before */
export async function decideRow<State extends string>(
  t: Transition,
  rules: StateRules<State | Asked>,
  id: string,
  to: 'approved' | 'declined',
  by: { id: string }
): Promise<boolean> {
  const changed = await changeState(t, rules, [id], to, {
    set: { decided_by: by.id },
    actorId: by.id,
  })
  if (changed.length === 0) return false
  await t.trx
    .from(rules.table)
    .where('id', id)
    .update({ decided_at: t.trx.raw('now()') })
  return true
}
