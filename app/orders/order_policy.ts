import type { Policy } from '#app/identity/policy'

export default {
  /** Work orders: a client sees its own, the center's administration and leaders see all. */
  see: (user) => ['client', 'leader', 'center_admin'].includes(user.role),
  /** Opening, filling, closing; layouts and values. */
  commission: (user) => ['client', 'center_admin'].includes(user.role),
  /** Asking for a value to be corrected. */
  askCorrection: (user) => user.role !== 'operator',
} satisfies Policy
