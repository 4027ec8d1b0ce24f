import { Registry } from '#app/core/registry'
import type { Transition } from '#app/core/transition'
import type User from '#app/people/user'

/** A reason to call somebody, and what comes of it. */
export interface CallBackReason {
  /** stored with every call-back */
  name: string
  /** of its tasks, the higher the earlier */
  priority: number
  /** They take the time that is held for them; false when it is held no longer. */
  accept?(t: Transition, user: User, bookingId: string): Promise<boolean>
  /** They don't want it. */
  decline?(t: Transition, bookingId: string): Promise<void>
  /** Nobody was reached: the letter that says it instead; null where no letter has to be opened. */
  unreached(t: Transition, bookingId: string | null): Promise<string | null>
}

/** Each room registers the reasons that it has to call somebody. */
export const callBackReasons = new Registry<CallBackReason>('reason to call')
