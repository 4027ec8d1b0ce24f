import Organization from '#app/people/organization'
import type User from '#app/people/user'

/** The clients for whom somebody can make things: every one, for the center's people; else their own. */
export function clientsOf(user: User): Promise<Organization[]> {
  return Organization.query()
    .where('kind', 'client')
    .if(!user.worksForCenter, (query) => query.where('id', user.organizationId))
    .orderBy('name')
}

/**
 * Finds whose a record is to be: for the center's people that of the center or client asked for, else their own.
 * @returns null where there is no such organization
 */
export async function ownerFor(
  user: User,
  asked: string | null | undefined
): Promise<string | null> {
  if (!user.worksForCenter || !asked) return user.organizationId
  const found = await Organization.query()
    .where('id', asked)
    .whereNot('kind', 'partner')
    .select('id')
    .first()
  return found?.id ?? null
}

/** Finds one of them by its id; the only one where nothing else can be meant, else null. */
export async function clientFor(user: User, id: unknown): Promise<Organization | null> {
  const clients = await clientsOf(user)
  return clients.find((one) => one.id === id) ?? (clients.length === 1 ? clients[0] : null)
}
