import { navigation } from '#app/people/navigation'

/** What this room brings. */
export function registerStudio(): void {
  navigation.register({
    name: '/services',
    label: 'services.title',
    permission: 'services.define',
    rank: 100,
  })
}
