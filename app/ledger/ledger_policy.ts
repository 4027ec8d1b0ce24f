import type { Policy } from '#app/identity/policy'

export default {
  /** Accepting what came in, with the paper in hand. */
  check: (user) => ['client', 'leader', 'center_admin'].includes(user.role),
  /** Bringing in the client's ledger. */
  keep: (user) => ['client', 'center_admin'].includes(user.role),
} satisfies Policy
