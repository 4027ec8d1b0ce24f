import { connectors } from '#app/handover/connectors'
import type Handover from '#app/handover/handover'
import type { Transition } from '#app/core/transition'

/** It isn't handed over any more, and nobody works on it. */
export async function endWork(
  t: Transition,
  handover: Handover,
  change?: { actorId: string; toldTo: string }
): Promise<void> {
  await connectors.get(handover.connector).withdraw(t, handover)
  await handover.cancel(t, change)
}
