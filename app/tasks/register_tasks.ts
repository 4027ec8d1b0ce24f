import { navigation } from '#app/people/navigation'
import { submissionListeners } from '#app/submissions/submission_listener'
import { taskListener } from '#app/tasks/task_submission_listener'

/** What this room brings. */
export function registerTasks(): void {
  submissionListeners.register(taskListener)
  navigation.register({ name: '/work', label: 'work.title', permission: 'tasks.take', rank: 40 })
}
