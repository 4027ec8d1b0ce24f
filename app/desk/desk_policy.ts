import type { Policy } from '#app/identity/policy'

export default {
  /** Helping people: visits, tickets, calls, slips. */
  serve: (user) => ['desk', 'leader', 'center_admin'].includes(user.role),
  /** What the desk gives out: handouts, lessons, partners. */
  arrange: (user) => ['leader', 'center_admin'].includes(user.role),
} satisfies Policy
