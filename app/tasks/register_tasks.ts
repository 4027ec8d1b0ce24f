import { userListeners } from '#app/people/user_listener'
import { taskUserListener } from '#app/tasks/task_user_listener'
import { navigation } from '#app/people/navigation'
import { submissionListeners } from '#app/submissions/submission_listener'
import { taskListener } from '#app/tasks/task_submission_listener'

/** Registers what this room brings. */
export function registerTasks(): void {
  userListeners.register(taskUserListener)
  submissionListeners.register(taskListener)
  navigation.register({ name: '/work', label: 'tasks.title', permission: 'tasks.take', rank: 40 })
}
