import { MailServerSchema } from '#database/schema'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Queries } from '#app/core/queries'
import { openSealer } from '#app/core/sealing'

/** The way mail leaves this installation: by an SMTP server, or not at all (`outbox`: it is kept to be looked at). */
export default class MailServer extends MailServerSchema {
  declare mode: 'outbox' | 'smtp'
  declare security: 'none' | 'starttls' | 'tls' | null
  declare alarmsTo: string[]

  /** Opens the password to log in with there; null where none is needed. */
  async openPassword(client?: Queries): Promise<string | null> {
    if (!this.sealedPassword || !this.dataKeyId) return null
    const sealer = await openSealer(this.dataKeyId, client)
    return sealer.openText(serverSealContext(this.id), this.sealedPassword)
  }
}

/** Names the place that a server's password is bound to. */
export const serverSealContext = (id: string) => `mail_servers.sealed_password:${id}`

/** Returns how mail leaves; null where nobody has said so: then nothing is mailed. */
export function mailServer(client?: TransactionClientContract): Promise<MailServer | null> {
  return MailServer.query({ client }).first()
}
