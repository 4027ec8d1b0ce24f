import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { createRequire } from 'node:module'

/** A real mailbox (IMAP) within the tests. */
export interface Mailbox {
  port: number
  /** Puts a mail into it. */
  bring(source: string): void
  /** Flags of its mails, in order. */
  flags(): string[][]
  close(): Promise<void>
}

interface Hoodiecrow {
  server: Server
  listen(port: number, host: string): void
  appendMessage(folder: string, flags: string[], at: Date, source: string): void
  getMailbox(folder: string): { messages: { flags: string[] }[] }
}

/** Opens a mailbox on a port of its own, with one login. */
export async function openMailbox([user, password]: [string, string]): Promise<Mailbox> {
  const hoodiecrow = createRequire(import.meta.url)('hoodiecrow-imap') as (
    options: unknown
  ) => Hoodiecrow
  const box = hoodiecrow({
    plugins: ['ID', 'UIDPLUS', 'LITERALPLUS', 'NAMESPACE'],
    users: { [user]: { password } },
    storage: { 'INBOX': { messages: [] }, '': { separator: '/' } },
  })
  box.listen(0, '127.0.0.1')
  await once(box.server, 'listening')
  return {
    port: (box.server.address() as AddressInfo).port,
    bring: (source) => box.appendMessage('INBOX', [], new Date(), source.replaceAll('\n', '\r\n')),
    flags: () => box.getMailbox('INBOX').messages.map((one) => one.flags),
    close: async () => {
      box.server.close()
    },
  }
}

/** A server's report that a mail can't be delivered, or not yet. */
export function report(messageId: string, action = 'failed'): string {
  return `From: Mail Delivery System <MAILER-DAEMON@mx.example.jp>
To: center@aone.example.jp
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="part"
MIME-Version: 1.0

--part
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.jp.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.jp

Final-Recipient: rfc822; haru@example.jp
Action: ${action}
Status: 5.1.1

--part
Content-Type: text/rfc822-headers

Message-ID: ${messageId}
Subject: hello

--part--
`
}
