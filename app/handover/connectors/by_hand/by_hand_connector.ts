import type { ServiceFiles } from '#app/catalog/description'
import type { ServiceHandover } from '#app/catalog/handover_rules'
import { KitRefused } from '#app/catalog/kit_refused'
import type { Queries } from '#app/core/queries'
import type { Transition } from '#app/core/transition'
import {
  InsideConnector,
  UNCLEAR,
  type ConnectorWords,
  type HandoverContext,
  type HandoverReason,
  type HandoverResult,
} from '#app/handover/connector'
import { byHandOf, byHandSchema } from '#app/handover/connectors/by_hand/by_hand_rules'
import {
  askToRegister,
  withdrawRegistering,
} from '#app/handover/connectors/by_hand/ask_to_register'
import type Handover from '#app/handover/handover'
import { isComplete } from '#app/handover/is_complete'
import type { AskedFor } from '#app/submissions/asked_for'

/** Somebody at the center registers it in a site of others, step by step, and keeps the number that it got there. */
export class ByHandConnector extends InsideConnector {
  override readonly name = 'by_hand'
  override readonly answer = 'received'
  override readonly isElsewhere = true
  override readonly reasons: Record<string, HandoverReason> = {
    ...UNCLEAR,
    register: { reply: null, label: 'events.handover.registering' },
    full: { reply: 'full', label: 'events.handover.full' },
    rejected: { reply: 'unclear', label: 'events.handover.rejected' },
  }

  override schema() {
    return byHandSchema()
  }

  override fields(handover: ServiceHandover): string[] {
    return byHandOf(handover).steps.flatMap((step) => step.fields)
  }

  /** Whoever can't be registered there is told so. */
  override check({ replies }: ServiceFiles): void {
    if (!replies.letters.full)
      throw new KitRefused('no_letter', 'full', 'who can’t be registered must be told')
  }

  override async deliver(_t: Transition, context: HandoverContext): Promise<HandoverResult> {
    return isComplete(context)
      ? { state: 'ask', reason: 'register' }
      : { state: 'refused', reason: 'unclear' }
  }

  override async ask(t: Transition, context: HandoverContext): Promise<boolean> {
    await askToRegister(t, context)
    return true
  }

  override withdraw(t: Transition, handover: Handover): Promise<void> {
    return withdrawRegistering(t, handover)
  }

  override async askBack(t: Transition, context: HandoverContext): Promise<boolean> {
    if (!context.handover.reference) return false
    await askToRegister(t, context)
    return true
  }

  /** Returns the number that it has there. */
  override async letterWords({ submission }: AskedFor, client: Queries): Promise<ConnectorWords> {
    const registered: { reference: string } | null = await client
      .from('handovers')
      .where({ submission_id: submission.id, connector: this.name, state: 'done' })
      .whereNotNull('reference')
      .orderBy('created_at', 'desc')
      .select('reference')
      .first()
    return { registration: registered?.reference ?? '' }
  }
}
