import logger from '@adonisjs/core/services/logger'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import { machineFault } from '#app/core/machine_fault'
import { isAtStandstill } from '#app/core/standstill'
import { transition, type Transition } from '#app/core/transition'
import { conclude, isClear } from '#app/handover/conclude'
import { InsideConnector, type HandoverResult } from '#app/handover/connector'
import { connectors } from '#app/handover/connectors'
import { earlierReference } from '#app/handover/earlier_reference'
import Handover from '#app/handover/handover'
import { handoverContext } from '#app/handover/handover_context'
import { OutsideConnector, type Delivery } from '#app/handover/outside_connector'

/** Somebody else holds the claim: looked at again after so many seconds, should they die. */
const CLAIM_SECONDS = 30
/** Looks again so often whether what leaves the house was released. */
const STANDSTILL_SECONDS = 60
/** After a call that failed, the next waits so long, and twice as long each time (seconds). */
const FIRST_WAIT = 60

/** Gives a handover to a digital service outside, under a claim; what an earlier revision gave is changed there. */
export async function handOverOutside(connector: OutsideConnector, id: string): Promise<void> {
  await underClaim(id, 'pending', async (attempt) => {
    const prepared = await transition((t) => prepare(t, id))
    if (!prepared) return
    const { delivery, reference } = prepared
    const result = await attempted(connector, attempt, (signal) =>
      reference
        ? connector.change(delivery, reference, signal)
        : connector.deliver(delivery, signal)
    )
    await transition(async (t) => {
      const context = await handoverContext(t, id)
      const { handover, submission } = context
      if (handover.state === 'pending')
        return result ? conclude(t, context, result) : handover.fail(t, { toldTo: submission.id })
      // Meanwhile it was corrected or is wanted no more, and has arrived all the same: it is taken back there.
      if (handover.state === 'canceled' && result?.state === 'done') {
        await handover.refer(t, result.reference)
        await handover.takeBack(t)
      }
    })
  })
}

/** Takes back from a digital service elsewhere what it was given; where no program can, a person does. */
export async function takeBackElsewhere(id: string): Promise<void> {
  const { connector } = await Handover.findOrFail(id)
  return connectors.get(connector) instanceof InsideConnector ? askBack(id) : cancelOutside(id)
}

async function askBack(id: string): Promise<void> {
  await transition(async (t) => {
    const context = await handoverContext(t, id)
    const { handover, submission } = context
    if (handover.state !== 'canceling') return
    const connector = connectors.get(handover.connector)
    const isAsked = connector instanceof InsideConnector && (await connector.askBack(t, context))
    if (!isAsked) await handover.cancel(t, { toldTo: submission.id })
  })
}

async function cancelOutside(id: string): Promise<void> {
  await underClaim(id, 'canceling', async (attempt) => {
    const found = await Handover.findOrFail(id)
    const connector = connectors.get(found.connector)
    const known = await transition((t) => handoverContext(t, id))
    const { receipt } = known.submission
    const settings = known.version.description.handover
    const { idempotencyKey, reference } = found
    const result =
      connector instanceof OutsideConnector && reference
        ? await attempted(connector, attempt, async (signal) => {
            await connector.cancel({ idempotencyKey, receipt, settings }, reference, signal)
            return { state: 'done', reference }
          })
        : ({ state: 'done', reference: '' } as const)
    await transition(async (t) => {
      const { handover, submission } = await handoverContext(t, id)
      if (handover.state !== 'canceling') return
      if (!result) return handover.fail(t, { toldTo: submission.id })
      if (result.state === 'retry') return t.wake({ type: 'handover', id, after: result.after })
      await handover.cancel(t, { toldTo: submission.id })
    })
  })
}

/** Runs work under the claim on a handover; where somebody else holds it, it is looked at again. */
async function underClaim(
  id: string,
  state: 'pending' | 'canceling',
  work: (attempt: number) => Promise<void>
): Promise<void> {
  // After a restore it may have arrived there before: somebody looks first.
  if (await isAtStandstill())
    return transition(async (t) => t.wake({ type: 'handover', id, after: STANDSTILL_SECONDS }))
  const claimed = await withClaim('handover', id, state, work)
  if (!claimed)
    await transition(async (t) => t.wake({ type: 'handover', id, after: CLAIM_SECONDS }))
}

interface Prepared {
  delivery: Delivery
  /** what the service calls what an earlier revision gave it */
  reference: string | null
}

/** Prepares what is to be delivered; null where there is nothing to deliver any more, or it isn't clear enough. */
async function prepare(t: Transition, id: string): Promise<Prepared | null> {
  const context = await handoverContext(t, id)
  const { handover, submission, version, value } = context
  if (handover.state !== 'pending' || submission.state === 'erased') return null
  if (!isClear(context)) {
    await conclude(t, context, { state: 'refused', reason: 'unclear' })
    return null
  }
  return {
    delivery: {
      idempotencyKey: handover.idempotencyKey,
      receipt: submission.receipt,
      service: version.description.slug,
      version: version.number,
      values: Object.fromEntries(version.fields.map(({ key }) => [key, value(key)])),
      settings: version.description.handover,
    },
    reference: await earlierReference(t.trx, handover),
  }
}

/** One call to the service. It failed: once more later, and null when it has failed too often. */
async function attempted(
  connector: OutsideConnector,
  attempt: number,
  call: (signal: AbortSignal) => Promise<HandoverResult>
): Promise<HandoverResult | null> {
  try {
    return await call(AbortSignal.timeout(connector.patience * 1000))
  } catch (error) {
    // A full disk here is no fault of theirs, and no attempt; a connection that fails is their network's.
    const fault = machineFault(error)
    if (fault && fault !== 'database') throw error
    // Their answer may name somebody: it isn't written down.
    const name = error instanceof Error ? error.name : 'unknown'
    logger.warn({ connector: connector.name, error: name, attempt }, 'a digital service failed')
    return attempt >= MAX_ATTEMPTS
      ? null
      : { state: 'retry', after: FIRST_WAIT * 2 ** (attempt - 1) }
  }
}
