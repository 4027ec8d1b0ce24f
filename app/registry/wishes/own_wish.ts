import { errors } from '@adonisjs/lucid'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import { contactOf, type Contact } from '#app/registry/contact'
import ReplyWish from '#app/registry/wishes/reply_wish'
import { openWishes } from '#app/registry/wishes/wishes_of'
import { newId } from '#app/core/ids'
import type { PersonFacts } from '#app/submissions/search_tokens'

/**
 * A wish that somebody may know of, with what holds for its person. Of a protected person, named staff alone know that
 * there is one.
 * @throws E_ROW_NOT_FOUND
 */
export async function ownWish(
  user: User,
  id: string
): Promise<{ wish: ReplyWish; contact: Contact }> {
  const wish = await visibleTo(ReplyWish.query(), user).where('id', id).firstOrFail()
  const [open] = await openWishes([wish])
  const contact = open && (await contactOfWish(wish.clientId, open.of))
  if (!contact || (contact.isProtected && !user.seesProtected))
    throw new errors.E_ROW_NOT_FOUND(ReplyWish)
  return { wish, contact }
}

/** Says what holds for somebody whose wish is kept. */
export function contactOfWish(clientId: string, facts: PersonFacts): Promise<Contact> {
  return contactOf({ submissionId: newId(), clientId, facts })
}
