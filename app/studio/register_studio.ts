import { serviceSearch } from '#app/studio/service_search'
import { searches } from '#app/people/searches'
import { flowSubjects } from '#app/core/subjects'
import { navigation } from '#app/people/navigation'

/** Registers what this room brings. */
export function registerStudio(): void {
  searches.register(serviceSearch)
  flowSubjects.register({
    name: 'blank_form',
    table: 'blank_forms',
    claimed: true,
    queue: 'reading',
  })
  navigation.register({
    name: '/services',
    label: 'studio.title',
    icon: 'document-text',
    group: 'manage',
    permission: 'services.define',
    rank: 100,
  })
}
