import type { I18n } from '@adonisjs/i18n'
import type User from '#app/people/user'
import { transition } from '#app/core/transition'
import type Posting from '#app/replies/postings/posting'
import { printPosting } from '#app/replies/postings/print_posting'

/** Opens the list for the mail counter: names stand in it where pieces are signed for, so it is told who opened it. */
export async function openList(user: User, posting: Posting, i18n: I18n): Promise<Buffer> {
  const pdf = await printPosting(posting, i18n)
  await transition(async (t) =>
    t.recordOnly({
      verb: 'posting.printed',
      subject: { type: 'posting', id: posting.id },
      clientId: posting.clientId,
      actorId: user.id,
    })
  )
  return pdf
}
