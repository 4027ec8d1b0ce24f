import { Connector, type HandoverContext, type HandoverResult } from '#app/handover/connector'
import { acceptanceOf } from '#app/catalog/service_handover'
import { isReadable } from '#app/catalog/fields/characters'
import { deadlineOf } from '#app/handover/acceptance/deadline'
import { openCheck } from '#app/handover/acceptance/open_check'
import type { Transition } from '#app/core/transition'

/**
 * The client fetches the values as a file: nothing is booked. A submission whose required fields can't be read is not
 * delivered: the resident is asked by letter. Where the service wants it, somebody with the paper in hand accepts it.
 */
export class DeliveryConnector extends Connector {
  override readonly name = 'delivery'

  override async hand(t: Transition, context: HandoverContext): Promise<HandoverResult> {
    const { version, value, handover, submission } = context
    const lacks = version.fields.some((field) => field.required && !isReadable(value(field.key)))
    if (lacks) return { state: 'unclear' }
    const rules = acceptanceOf(version.description.handover)
    if (!rules) return { state: 'done', reference: handover.id }
    const deadline = rules.deadline && deadlineOf(rules.deadline, value)
    if (deadline && submission.arrivedOn > deadline) return { state: 'late' }
    await openCheck(t, context, rules)
    return { state: 'checking' }
  }
}
