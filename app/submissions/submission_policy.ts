import type { Policy } from '#app/identity/policy'

export default {
  /** Submissions with their values: everybody but operators, who see snippets only. */
  see: (user) => user.role !== 'operator',
  /** All values as a file. */
  export: (user) => ['client', 'center_admin'].includes(user.role),
} satisfies Policy
