import { MAX_INVITED } from '#app/people/members/invite'
import { idIn } from '#app/people/members/user_form'
import { peopleOf } from '#app/people/members/people_of'
import type User from '#app/people/user'
import { sortingOf, type Sorting } from '#app/core/sorting'

export interface PeopleFilter {
  /** a part of a name or login */
  q?: string
  organization?: string
  /** those who have left instead of those who are here */
  left: boolean
  sorting: Sorting
}

/** The columns by which it sorts. */
const COLUMNS = { name: 'displayName', login: 'login' }

/** Reads what a list of people is limited to from an address. */
export function peopleFilter(qs: Record<string, unknown>): PeopleFilter {
  const q = typeof qs.q === 'string' ? qs.q.trim().slice(0, 80) : ''
  return {
    q: q || undefined,
    organization: idIn(qs.organization) ?? undefined,
    left: qs.left === '1',
    sorting: sortingOf(qs, COLUMNS, 'name'),
  }
}

/** Selects the people whom somebody administers. */
export function listPeople(user: User, { q, organization, left, sorting }: PeopleFilter) {
  return peopleOf(user)
    .preload('organization')
    .preload('madeRole')
    .if(left, (query) => query.whereNotNull('leftAt'))
    .if(!left, (query) => query.whereNull('leftAt'))
    .if(organization, (query) => query.where('organizationId', organization!))
    .if(q, (query) =>
      query.where((either) =>
        either
          .whereILike('displayName', `%${escaped(q!)}%`)
          .orWhereILike('login', `%${escaped(q!)}%`)
      )
    )
    .orderBy(sorting.column, sorting.direction)
    .orderBy('id', sorting.direction)
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

/** Lists those of an organization who have no password that anybody knows, the first of them. */
export async function uninvited(user: User, organizationId: string): Promise<string[]> {
  const people = await peopleOf(user)
    .where('organizationId', organizationId)
    .whereNull('leftAt')
    .whereNull('invitedAt')
    .orderBy('displayName')
    .orderBy('id')
    .limit(MAX_INVITED)
    .select('id')
  return people.map(({ id }) => id)
}
