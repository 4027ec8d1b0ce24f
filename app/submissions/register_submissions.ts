import { navigation } from '#app/people/navigation'

/** What this room brings. */
export function registerSubmissions(): void {
  navigation.register({
    name: '/submissions',
    label: 'submissions.title',
    permission: 'submissions.see',
    rank: 60,
  })
}
