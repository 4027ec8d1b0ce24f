import type { Transition } from '#app/core/transition'
import type { HandoverContext, HandoverResult } from '#app/handover/connector'
import { connectors } from '#app/handover/connectors'

/** The service says on which bases a required value is enough. */
export function isClear({ version, basis }: HandoverContext): boolean {
  const enough = version.description.enoughBases
  return version.fields.every((field) => {
    const given = basis(field.key)
    return !field.required || given === null || enough.includes(given)
  })
}

/** Writes down what came of it; where a person is to go on and none can be asked, it is refused for that reason. */
export async function conclude(
  t: Transition,
  context: HandoverContext,
  result: HandoverResult
): Promise<void> {
  const { handover, submission } = context
  const told = { toldTo: submission.id }
  if (result.state === 'retry')
    return t.wake({ type: 'handover', id: handover.id, after: result.after })
  if (result.state === 'done') return handover.finish(t, result, told)
  const { reason } = result
  const isAsked =
    result.state === 'ask' && (await connectors.get(handover.connector).ask(t, context, reason))
  return isAsked ? handover.ask(t, reason, told) : handover.refuse(t, reason, told)
}
