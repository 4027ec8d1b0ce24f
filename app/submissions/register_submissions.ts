import { orderSearch } from '#app/submissions/order_search'
import { searches } from '#app/people/searches'
import { volumesChart } from '#app/submissions/volumes_chart'
import { dayCharts } from '#app/core/day_charts'
import { dayFigures } from '#app/core/day_figures'
import { recurringJobs } from '#app/core/recurring'
import { refreshTokens } from '#app/submissions/refresh_tokens'
import { flowSubjects } from '#app/core/subjects'
import { legalHoldPanel } from '#app/submissions/legal_hold_panel'
import { submissionPanels } from '#app/submissions/submission_panel'
import { countUnseen } from '#app/people/glass/break_glass'
import { navigation } from '#app/people/navigation'

/** Registers what this room brings. */
export function registerSubmissions(): void {
  searches.register(orderSearch)
  dayFigures.register(
    {
      name: 'submissions',
      part: 'came',
      href: '/submissions?day=:today',
      rows: 'from submissions where arrived_on = :today',
    },
    {
      name: 'orders_late',
      part: 'late',
      href: '/orders',
      rows: `from work_orders where state = 'open' and due_on < :today`,
    }
  )
  dayCharts.register(volumesChart)
  submissionPanels.register(legalHoldPanel)
  flowSubjects.register({ name: 'submission', table: 'submissions' })
  navigation.register({
    name: '/submissions',
    label: 'submissions.title',
    icon: 'queue-list',
    group: 'decide',
    permission: 'submissions.see',
    rank: 60,
  })
  navigation.register({
    name: '/openings',
    label: 'submissions.openings',
    icon: 'key',
    group: 'manage',
    permission: 'openings.see',
    rank: 222,
    waiting: countUnseen,
  })
  recurringJobs.register({ name: 'refresh search', everySeconds: 10, run: refreshTokens })
}
