import db from '@adonisjs/lucid/services/db'
import { transition } from '#app/core/transition'
import { conclude, isClear } from '#app/handover/conclude'
import { InsideConnector } from '#app/handover/connector'
import { connectors } from '#app/handover/connectors'
import { handoverContext } from '#app/handover/handover_context'
import { handOverOutside } from '#app/handover/hand_over_outside'
import { OutsideConnector } from '#app/handover/outside_connector'

/**
 * Gives a pending handover to its connector. When nothing of what was wished could be had, a caller
 * with the watchword asks the resident; where there is no watchword or phone, a letter does. What is wanted
 * can't be booked before it is known: that is always asked by letter.
 */
export async function handOver(handoverId: string): Promise<void> {
  const row: { connector: string } | null = await db
    .from('handovers')
    .where('id', handoverId)
    .select('connector')
    .first()
  if (!row) return
  const connector = connectors.get(row.connector)
  if (connector instanceof OutsideConnector) return handOverOutside(connector, handoverId)
  if (!(connector instanceof InsideConnector))
    throw new Error(`Connector "${connector.name}" delivers neither inside nor outside`)
  await transition(async (t) => {
    const context = await handoverContext(t, handoverId)
    const { handover, submission } = context
    if (handover.state !== 'pending' || submission.state === 'erased') return
    const result = isClear(context)
      ? await connector.deliver(t, context)
      : ({ state: 'refused', reason: 'unclear' } as const)
    if (result.state !== 'retry') await handover.countAttempt(t)
    await conclude(t, context, result)
  })
}
