import type { Policy } from '#app/identity/policy'

export default {
  /** How full the calendars are. */
  see: (user) => user.role !== 'operator',
  /** Who comes on a day: to be printed at the place itself. */
  roster: (user) => user.role !== 'operator',
  /** Moving places between doors, closing a day. */
  manage: (user) => ['leader', 'center_admin', 'client'].includes(user.role),
} satisfies Policy
