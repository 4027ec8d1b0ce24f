import type { ServiceHandover } from '#app/catalog/handover_rules'
import { Connector, type HandoverResult } from '#app/handover/connector'

/** The data that leave the machine for a digital service. */
export interface Delivery {
  /** the same however often it is tried: the service does it once */
  idempotencyKey: string
  receipt: string
  service: string
  version: number
  /** by field */
  values: Record<string, string>
  /** what the service says of its handover */
  settings: ServiceHandover
}

/**
 * A connector to a digital service elsewhere. Nothing here runs in a transaction; a call that throws, or takes too long,
 * is made again later, under the same key.
 */
export abstract class OutsideConnector extends Connector {
  override readonly answer: string = 'received'
  override readonly isElsewhere = true
  /** how long the service may take to answer (seconds) */
  readonly patience: number = 30

  abstract deliver(delivery: Delivery, signal: AbortSignal): Promise<HandoverResult>

  /** Corrects what was delivered before, under this reference. */
  abstract change(
    delivery: Delivery,
    reference: string,
    signal: AbortSignal
  ): Promise<HandoverResult>

  /** It is wanted no more. */
  abstract cancel(
    known: Pick<Delivery, 'idempotencyKey' | 'receipt' | 'settings'>,
    reference: string,
    signal: AbortSignal
  ): Promise<void>
}
