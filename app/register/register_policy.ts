import type { Policy } from '#app/identity/policy'

export default {
  /** The client's register of eligible people: bringing in files, seeing and taking differences. */
  keep: (user) => ['client', 'center_admin'].includes(user.role),
} satisfies Policy
