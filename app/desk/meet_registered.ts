import db from '@adonisjs/lucid/services/db'
import type Visit from '#app/desk/visit'
import type User from '#app/identity/user'
import type { Registered } from '#app/register/find_registered'
import { stopKindOf } from '#app/register/stop_kinds'

/** Whether the register says that somebody is protected (支援措置). */
export function isProtectedBy(registered: Registered): boolean {
  return stopKindOf(registered.stopped) === 'protection'
}

/**
 * How somebody of the register is met in a visit. Of a protected person a relative, and whoever comes after the first of
 * a household, hears what an unknown name would hear; the person herself is helped by staff who are named for it.
 */
export async function meetRegistered(
  user: User,
  visit: Visit,
  registered: Registered
): Promise<'open' | 'stranger' | 'named_staff'> {
  if (!isProtectedBy(registered)) return 'open'
  if (visit.askedBy !== 'self' || (await hasHelped(visit))) return 'stranger'
  return user.seesProtected ? 'open' : 'named_staff'
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
