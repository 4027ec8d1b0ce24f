import { flowSubjects } from '#app/core/subjects'
import { navigation } from '#app/people/navigation'

/** What this room brings. */
export function registerSubmissions(): void {
  flowSubjects.register({ name: 'submission', table: 'submissions' })
  navigation.register({
    name: '/submissions',
    label: 'submissions.title',
    permission: 'submissions.see',
    rank: 60,
  })
}
