import { dayFigures } from '#app/core/day_figures'
import { userListeners } from '#app/people/user_listener'
import { taskUserListener } from '#app/tasks/task_user_listener'
import { countTasks } from '#app/tasks/count_tasks'
import { stretchMinutes } from '#app/tasks/stretches/offer_stretches'
import { removeOldStretches } from '#app/tasks/stretches/stretch'
import { leaseMinutes } from '#app/tasks/lease_times'
import { followPauses } from '#app/tasks/pauses'
import { flowSubjects } from '#app/core/subjects'
import { recurringJobs } from '#app/core/recurring'
import { removeOldHours } from '#app/tasks/hours/offered_hours'
import { retention } from '#app/core/retention'
import { settings } from '#app/core/settings'
import { navigation } from '#app/people/navigation'
import { submissionListeners } from '#app/submissions/submission_listener'
import { taskListener } from '#app/tasks/task_submission_listener'

/** Registers what this room brings. */
export function registerTasks(): void {
  retention.register({ name: 'offered hours', removeOver: removeOldHours })
  retention.register({ name: 'stretches', removeOver: removeOldStretches })
  dayFigures.register(
    {
      name: 'tasks',
      part: 'waits',
      href: '/work/open',
      rows: `from tasks where state = 'open' and available_at <= now()`,
      since: 'created_at',
    },
    {
      name: 'tasks_late',
      part: 'late',
      href: '/work/open?late=1',
      rows: `from tasks where state = 'open' and due_on < :today`,
    },
    {
      name: 'approvals',
      part: 'waits',
      href: '/work/approvals',
      rows: `from activity_spans where state = 'asked'`,
      since: 'started_at',
    },
    {
      name: 'disputes',
      part: 'waits',
      href: '/work/approvals',
      rows: `from disputes where state = 'open'`,
      since: 'created_at',
    },
    {
      name: 'working',
      part: 'people',
      href: '/work/open#people',
      rows: 'from (select distinct user_id from assignments where ended_at is null) working',
    }
  )
  flowSubjects.register({ name: 'service_plan', table: 'service_plans', state: `'planned'` })
  recurringJobs.register({ name: 'follow pauses', everySeconds: 60, run: followPauses })
  userListeners.register(taskUserListener)
  submissionListeners.register(taskListener)
  settings.register(leaseMinutes)
  settings.register(stretchMinutes)
  navigation.register({
    name: '/work',
    label: 'tasks.title',
    icon: 'pencil-square',
    group: 'enter',
    permission: 'tasks.take',
    rank: 40,
    waiting: async (user, site) =>
      [...(await countTasks(user, site)).values()].reduce((sum, count) => sum + count, 0),
  })
}
