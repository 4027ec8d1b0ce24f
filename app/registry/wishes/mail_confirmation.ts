import i18nManager from '@adonisjs/i18n/services/main'
import Organization from '#app/people/organization'
import type ReplyWish from '#app/registry/wishes/reply_wish'
import type { WishedBy } from '#app/registry/wishes/reply_wish'
import Mail from '#app/core/mail/mail'
import { writeMail } from '#app/core/mail/write_mail'
import type { Transition } from '#app/core/transition'

/** Mails the number by which a resident shows that mail to her arrives; it says nothing else about her. */
export async function mailConfirmation(
  t: Transition,
  wish: ReplyWish,
  { email, code }: WishedBy,
  actorId: string
): Promise<void> {
  const client = await Organization.query({ client: t.trx })
    .where('id', wish.clientId)
    .firstOrFail()
  const words = i18nManager.locale('ja')
  const mail = await writeMail(t, {
    purpose: 'confirmation',
    to: email,
    subject: words.t('wishes.mail_subject', { client: client.name }),
    text: words.t('wishes.mail_text', { client: client.name, code }),
    clientId: wish.clientId,
    actorId,
  })
  if (wish.mailId) await Mail.withdrawAll(t, [wish.mailId], actorId)
  await wish.merge({ mailId: mail?.id ?? null }).save()
}
