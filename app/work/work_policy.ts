import type { Policy } from '#app/identity/policy'
import { KINDS_OF } from '#app/work/task'

export default {
  /** Taking on tasks; which kinds is a matter of the role. */
  take: (user) => KINDS_OF[user.role].length > 0,
} satisfies Policy
