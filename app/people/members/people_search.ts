import { peopleOf } from '#app/people/members/people_of'
import { containing, type Search } from '#app/people/searches'

/** People by name or login, those who have left too. */
export const peopleSearch: Search = {
  name: 'people',
  permission: 'people.manage',
  async find(user, words, limit) {
    const pattern = containing(words)
    const people = await peopleOf(user)
      .where((either) => either.whereILike('displayName', pattern).orWhereILike('login', pattern))
      .preload('organization')
      .orderBy('displayName')
      .limit(limit)
    return people.map(({ id, displayName, login, organization }) => ({
      label: displayName,
      note: `${login} ${organization.name}`,
      href: `/people/${id}`,
    }))
  },
}
