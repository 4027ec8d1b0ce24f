import type { Policy } from '#app/identity/policy'

export default {
  /** How full the calendars are. */
  see: (user) => user.role !== 'operator',
} satisfies Policy
