import i18nManager from '@adonisjs/i18n/services/main'
import type { Contact } from '#app/registry/contact'
import type { OpenWish } from '#app/registry/wishes/wishes_of'
import { copyToFamily } from '#app/replies/copy_to_family'
import type { Letter } from '#app/replies/letter'
import { letterSealContext } from '#app/replies/letter_seal_context'
import { mailProduct } from '#app/replies/products/mail/mail_product'
import { letterAsText } from '#app/replies/products/mail/letter_as_text'
import { products } from '#app/replies/products/product'
import type ServiceVersion from '#app/catalog/service_version'
import type Reply from '#app/replies/reply'
import { isSurelyOne } from '#app/registry/could_be'
import type { PersonFacts } from '#app/submissions/search_tokens'
import { mailServer } from '#app/core/mail/mail_server'
import { writeMail } from '#app/core/mail/write_mail'
import type { Sealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'
import type Submission from '#app/submissions/submission'

interface Addressee {
  wish: OpenWish | null
  contact: Contact
  facts: PersonFacts
  sealer: Sealer
  submission: Submission
  version: ServiceVersion
}

/** A reply that is composed anew begins as what is printed. */
export function usePaper(reply: Reply): void {
  reply.merge({ product: reply.paperProduct ?? reply.product })
  reply.merge({ paperProduct: null, mailId: null, wishId: null })
}

/**
 * Answers by e-mail who wants that and has shown that it arrives, where the service says that this letter may. What
 * goes to somebody else stays paper; so does what has come back once.
 * @returns false where it goes on paper
 */
export async function mailInstead(
  t: Transition,
  reply: Reply,
  letter: Letter,
  { wish, contact, facts, sealer, submission, version }: Addressee
): Promise<boolean> {
  if (!wish?.row.byMail || wish.row.state !== 'active' || reply.onPaper) return false
  if (!products.get(reply.product).mailable || reply.relativeId) return false
  if (!version.description.replies.mailed?.includes(reply.kind)) return false
  if (contact.sendTo || submission.protected) return false
  // Where it could be somebody else's address, it goes where she has written.
  if (!isSurelyOne(facts, wish.of)) return false
  if ((await mailServer(t.trx))?.mode !== 'smtp') return false
  const { city } = letter.contact
  const mail = await writeMail(t, {
    purpose: 'reply',
    to: wish.email,
    // Whoever looks over her shoulder learns nothing of her.
    subject: i18nManager.locale('ja').t('wishes.reply_subject', { city }),
    text: letterAsText(letter),
    clientId: reply.clientId,
  })
  // This installation has no mail any more.
  if (!mail) return false
  const inputs = sealer.sealJson(letterSealContext(reply.id), letter)
  reply.merge({ paperProduct: reply.product, product: mailProduct.name, mailId: mail.id })
  await reply
    .merge({ wishId: wish.row.id, inputs, file: null, pages: null, missingGlyphs: null })
    .makeReady(t, { submissions: new Map([[reply.id, [submission.id]]]) })
  await copyToFamily(t, reply)
  return true
}
