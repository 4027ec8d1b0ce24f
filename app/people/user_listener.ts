import { Registry } from '#app/core/registry'
import type { Transition } from '#app/core/transition'
import type User from '#app/people/user'

/** A room's answer to something that happens to somebody who works here; each writes its own tables only. */
export interface UserListener {
  /** the room */
  name: string
  /** They work here no longer: what they hold goes back. */
  left(t: Transition, user: User): Promise<void>
}

/** All that want to know of people who leave. */
export const userListeners = new Registry<UserListener>('listener to users')
