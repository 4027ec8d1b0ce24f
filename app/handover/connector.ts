import type ServiceVersion from '#app/catalog/service_version'
import type { Basis } from '#app/submissions/revision_values'
import type Submission from '#app/submissions/submission'
import type Handover from '#app/handover/handover'
import type { Transition } from '#app/shared/transition'

export interface HandoverContext {
  handover: Handover
  submission: Submission
  version: ServiceVersion
  /** the standing value of a field; empty where there is none */
  value(field: string): string
  /** why the value of a field stands; null where there is none */
  basis(field: string): Basis | null
}

/** `full`: nothing of what was wished could be had; `unclear`: what is wished can't be told. */
export type HandoverResult =
  { state: 'done' | 'already'; reference: string } | { state: 'full' } | { state: 'unclear' }

/** Gives a revision to a digital service. Must be harmless to do twice: the handover's idempotency key is fixed. */
export abstract class Connector {
  abstract readonly name: string

  abstract hand(t: Transition, context: HandoverContext): Promise<HandoverResult>
}
