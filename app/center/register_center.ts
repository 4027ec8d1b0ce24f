import { recurringJobs } from '#app/core/recurring'
import { navigation } from '#app/people/navigation'
import { sealEvents } from '#app/center/audit/seal_events'

/** Registers what this room brings. */
export function registerCenter(): void {
  navigation.register({
    name: '/settings',
    label: 'settings.title',
    icon: 'cog-6-tooth',
    group: 'manage',
    permission: 'settings.change',
    rank: 300,
  })
  recurringJobs.register({ name: 'seal events', everySeconds: 60, run: sealEvents })
}
