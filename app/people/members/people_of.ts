import type User from '#app/people/user'
import Person from '#app/people/user'

/** Selects the people whom somebody may administer: of every organization at the center, of a client its own. */
export function peopleOf(user: User) {
  return Person.query().if(!user.worksForCenter, (query) =>
    query.where('users.organization_id', user.organizationId)
  )
}

/**
 * Tells whether somebody may act for another: only where they have everything that the other has, the sight of protected
 * people too. Whoever could set the password of somebody with more would have it the next minute.
 */
export function mayActFor(user: User, other: User): boolean {
  // Whoever keeps the register names who sees protected people, themselves too.
  if (other.seesProtected && !user.seesProtected && !user.may('register.keep')) return false
  return other.allPermissions.every((permission) => user.may(permission))
}
