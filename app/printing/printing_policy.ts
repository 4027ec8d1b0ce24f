import type { Policy } from '#app/identity/policy'

export default {
  /** Print runs: planning, opening, enclosing, posting. */
  handle: (user) => ['leader', 'center_admin'].includes(user.role),
} satisfies Policy
