import type { Policy } from '#app/identity/policy'

export default {
  /** The client's register of eligible people: bringing in files, seeing and taking differences. */
  /** To whom nothing is sent, and family who may hear. */
  stop: (user) => ['client', 'leader', 'center_admin'].includes(user.role),
  keep: (user) => ['client', 'center_admin'].includes(user.role),
} satisfies Policy
