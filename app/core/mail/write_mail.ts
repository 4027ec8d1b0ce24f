import Mail, { mailSealContext, type MailContent } from '#app/core/mail/mail'
import { mailServer } from '#app/core/mail/mail_server'
import { newId } from '#app/core/ids'
import { createSealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'

export interface MailPlan extends MailContent {
  /** why it is written; its words stand in `mail.purpose_<purpose>` */
  purpose: 'invitation' | 'alarm' | 'test' | 'notice' | 'confirmation' | 'reply'
  /** whom it is for, where they work here */
  userId?: string
  clientId?: string | null
  actorId?: string | null
}

/**
 * Writes a mail, which leaves after the commit; where nothing leaves it is kept in the outbox.
 * @returns null where this installation has no mail: then nothing was written
 */
export async function writeMail(t: Transition, plan: MailPlan): Promise<Mail | null> {
  const server = await mailServer(t.trx)
  if (!server) return null
  const { to, subject, text, purpose, userId = null, clientId = null, actorId = null } = plan
  const id = newId()
  const sealer = await createSealer(t.trx, 'mail')
  const mail = await Mail.create(
    {
      id,
      purpose,
      userId,
      clientId,
      dataKeyId: sealer.dataKeyId,
      content: sealer.sealJson(mailSealContext(id), { to, subject, text } satisfies MailContent),
      state: server.mode === 'smtp' ? 'queued' : 'kept',
    },
    { client: t.trx }
  )
  t.record({
    verb: 'mail.written',
    subject: { type: 'mail', id },
    clientId,
    actorId,
    detail: { purpose },
  })
  return mail
}
