import type { Queries } from '#app/core/queries'
import type { Transition } from '#app/core/transition'
import { Registry } from '#app/core/registry'
import type Submission from '#app/submissions/submission'

/** A value that stands, and what somebody keyed who had not seen it. */
export interface Difference {
  userId: string
  /** everybody who has keyed it, then or now */
  keyers: string[]
  /** locked */
  submission: Submission
  field: string
  typed: string
}

/** A room that knows whether something still stands, or has somebody decide which of both is right. */
export interface RecheckListener {
  name: string
  /** Of these requests, the ids of those that may be corrected and handed over again. */
  standing?(client: Queries, ids: string[]): Promise<string[]>
  /** @returns the id of what decides on it; null where it isn't asked, as it is already */
  differed?(t: Transition, difference: Difference): Promise<string | null>
}

/** Those who are asked what still stands, and told where a value that was handed over and one that was keyed again differ. */
export const recheckListeners = new Registry<RecheckListener>('listener of rechecks')
