import type { Policy } from '#app/identity/policy'

export default {
  /** Services: making, changing, publishing, exporting and importing them. */
  define: (user) => ['leader', 'center_admin'].includes(user.role),
} satisfies Policy
