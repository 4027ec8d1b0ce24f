import type { Policy } from '#app/identity/policy'

export default {
  /** Services: making, changing, publishing, exporting and importing them. */
  define: (user) => ['leader', 'center_admin'].includes(user.role),
  /** The keying guide's pictures: who keys, and who defines. */
  key: (user) => user.role !== 'client',
} satisfies Policy
