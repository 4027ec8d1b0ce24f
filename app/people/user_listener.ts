import { Registry } from '#app/core/registry'
import type { Transition } from '#app/core/transition'
import type User from '#app/people/user'

/** A room's answer to something that happens to somebody who works here; each writes its own tables only. */
export interface UserListener {
  /** the room */
  name: string
  /** They work here no longer: what they hold goes back. */
  left(t: Transition, user: User): Promise<void>
  /** They may do less than before, or at fewer sites: what they hold and might not do goes back. */
  lessened?(t: Transition, user: User): Promise<void>
  /** Returns what they hold now, by the keys of its words; shown before they leave. */
  holds?(user: User): Promise<{ label: string; count: number }[]>
}

/** All that want to know of people who leave. */
export const userListeners = new Registry<UserListener>('listener to users')
