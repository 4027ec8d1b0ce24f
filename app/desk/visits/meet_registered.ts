import db from '@adonisjs/lucid/services/db'
import type Visit from '#app/desk/visits/visit'
import type User from '#app/people/user'
import { contactOf } from '#app/registry/contact'
import type { Registered } from '#app/registry/find_registered'

/** The ways in which somebody of the register is met in a visit. */
export type Meeting = 'open' | 'stranger' | 'named_staff' | 'deceased'

/**
 * By all that is known of somebody, not by the row alone. Of a protected person a relative, and whoever comes after the
 * first of a household, hears what an unknown name would hear; the person herself is helped by staff who are named for it.
 */
export async function meetRegistered(
  user: User,
  visit: Visit,
  registered: Registered
): Promise<Meeting> {
  const contact = await contactOf({
    submissionId: visit.id,
    clientId: visit.clientId,
    facts: registered,
  })
  if (contact.isProtected) {
    if (visit.askedBy !== 'self' || (await hasHelped(visit))) return 'stranger'
    return user.seesProtected ? 'open' : 'named_staff'
  }
  return registered.state === 'died' || contact.stop === 'deceased' ? 'deceased' : 'open'
}

/** Whether somebody was helped in this visit already. */
async function hasHelped(visit: Visit): Promise<boolean> {
  const done = await db
    .from('submissions')
    .where('visit_id', visit.id)
    .whereNotIn('state', ['collecting', 'canceled'])
    .select('id')
    .first()
  return done !== null
}
