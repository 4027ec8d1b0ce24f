import { Connector, type HandoverContext, type HandoverResult } from '#app/handover/connector'
import { isReadable } from '#app/catalog/kinds'
import type { Transition } from '#app/shared/transition'

/**
 * The client fetches the values as a file: nothing is booked. A submission whose required fields can't be read is not
 * delivered: the resident is asked by letter.
 */
export class DeliveryConnector extends Connector {
  override readonly name = 'delivery'

  override async hand(_: Transition, context: HandoverContext): Promise<HandoverResult> {
    const { version, value, handover } = context
    const lacks = version.fields.some((field) => field.required && !isReadable(value(field.key)))
    return lacks ? { state: 'unclear' } : { state: 'done', reference: handover.id }
  }
}
