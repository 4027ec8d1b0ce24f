import { countOut } from '#app/people/engagements/loans'
import type { UserListener } from '#app/people/user_listener'

/** Somebody who leaves is reminded of what was lent to them; it stays in the register until it is back. */
export const loanListener: UserListener = {
  name: 'loans',

  async left() {},
  holds: async ({ id }) => [{ label: 'people.loans_out', count: await countOut(id) }],
}
