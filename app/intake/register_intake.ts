import { dayFigures } from '#app/core/day_figures'
import { gauges } from '#app/core/gauges'
import { flowSubjects } from '#app/core/subjects'
import { identifyTask } from '#app/intake/tasks/identify_task'
import { oldestPage } from '#app/intake/oldest_page'
import { intakeListener } from '#app/intake/intake_submission_listener'
import { refusedDays } from '#app/intake/decode_scan'
import { settings } from '#app/core/settings'
import { navigation } from '#app/people/navigation'
import { pagePanel } from '#app/intake/page_panel'
import { pairTask } from '#app/intake/tasks/pair_task'
import { submissionListeners } from '#app/submissions/submission_listener'
import { submissionPanels } from '#app/submissions/submission_panel'
import { taskKinds } from '#app/tasks/task_kind'

/** Registers what this room brings. */
export function registerIntake(): void {
  dayFigures.register(
    {
      name: 'scans',
      part: 'came',
      href: '/scans',
      rows: 'from scans where created_at >= :midnight',
    },
    {
      name: 'pages',
      part: 'waits',
      href: '/scans',
      rows: `from pages where state = 'pending'`,
      since: 'created_at',
    }
  )
  flowSubjects.register(
    { name: 'scan', table: 'scans', claimed: true, queue: 'decoding' },
    { name: 'page', table: 'pages', claimed: true, queue: 'reading' }
  )
  taskKinds.register(identifyTask, pairTask)
  submissionListeners.register(intakeListener)
  submissionPanels.register(pagePanel)
  settings.register(refusedDays)
  gauges.register(oldestPage)
  navigation.register({
    name: '/scans',
    label: 'intake.menu',
    icon: 'inbox-arrow-down',
    group: 'receive',
    permission: 'scans.receive',
    rank: 50,
  })
}
