import { MailInboxSchema } from '#database/schema'
import type { Queries } from '#app/core/queries'
import { openSealer } from '#app/core/sealing'

/** The mailbox (IMAP) in which mail that can't be delivered comes back. */
export default class MailInbox extends MailInboxSchema {
  declare security: 'none' | 'starttls' | 'tls'

  /** Opens the password to log in with there. */
  async openPassword(client?: Queries): Promise<string> {
    const sealer = await openSealer(this.dataKeyId, client)
    return sealer.openText(inboxSealContext(this.id), this.sealedPassword)
  }
}

/** Names the place that a mailbox's password is bound to. */
export const inboxSealContext = (id: string) => `mail_inboxes.sealed_password:${id}`

/** Returns the mailbox; null where nobody has said which: then what comes back is found by people alone. */
export function mailInbox(): Promise<MailInbox | null> {
  return MailInbox.query().first()
}
