import type { Policy } from '#app/identity/policy'

export default {
  /** Anybody who is logged in. */
  enter: () => true,
} satisfies Policy
