import { navigation } from '#app/people/navigation'

/** What this room brings. */
export function registerRegistry(): void {
  navigation.register(
    { name: '/stops', label: 'stops.title', permission: 'contact.stop', rank: 120 },
    { name: '/register', label: 'register.title', permission: 'register.keep', rank: 130 }
  )
}
