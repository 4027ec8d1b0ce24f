import type ServiceVersion from '#app/catalog/service_version'
import type Submission from '#app/submissions/submission'
import type Handover from '#app/handover/handover'
import type { Transition } from '#app/shared/transition'

export interface HandoverContext {
  handover: Handover
  submission: Submission
  version: ServiceVersion
  /** the standing value of a field; empty where there is none */
  value(field: string): string
}

/** `full`: nothing of what was wished could be had. */
export type HandoverResult = { state: 'done' | 'already'; reference: string } | { state: 'full' }

/** Gives a revision to a digital service. Must be harmless to do twice: the handover's idempotency key is fixed. */
export abstract class Connector {
  abstract readonly name: string

  abstract hand(t: Transition, context: HandoverContext): Promise<HandoverResult>
}
