import { peopleSearch } from '#app/people/members/people_search'
import { searches } from '#app/people/searches'
import { retention } from '#app/core/retention'
import { clearanceNeeded } from '#app/people/engagements/clearance'
import { countConcerns } from '#app/people/engagements/list_engagements'
import { cleanUpSignIn } from '#app/people/clean_up'
import { lockAtCenter, lockAtHome } from '#app/people/lock/lock'
import { factorAtCenter } from '#app/people/second_factor/need'
import { settings } from '#app/core/settings'
import { loanListener } from '#app/people/engagements/loan_listener'
import { userListeners } from '#app/people/user_listener'
import { navigation } from '#app/people/navigation'

/** Registers what this room brings. */
export function registerPeople(): void {
  searches.register(peopleSearch)
  userListeners.register(loanListener)
  settings.register(clearanceNeeded, factorAtCenter, lockAtHome, lockAtCenter)
  retention.register({ name: 'sign-in', removeOver: cleanUpSignIn })
  navigation.register(
    {
      name: '/people',
      label: 'people.title',
      icon: 'users',
      group: 'manage',
      permission: 'people.manage',
      rank: 200,
    },
    {
      name: '/operators',
      label: 'people.operators',
      icon: 'identification',
      group: 'manage',
      permission: 'operators.keep',
      also: ['/consents'],
      rank: 198,
      waiting: countConcerns,
    },
    {
      name: '/roles',
      label: 'people.roles',
      icon: 'shield-check',
      group: 'manage',
      permission: 'roles.manage',
      rank: 201,
    },
    {
      name: '/organizations',
      label: 'people.organizations',
      icon: 'building-office-2',
      group: 'manage',
      permission: 'organizations.manage',
      rank: 202,
    }
  )
}
