import { Mailer } from '@adonisjs/mail'
import { SMTPTransport } from '@adonisjs/mail/transports/smtp'
import emitter from '@adonisjs/core/services/emitter'
import type { MailContent } from '#app/core/mail/mail'
import type MailServer from '#app/core/mail/mail_server'

/** A server that doesn't answer for so long isn't there (ms). */
export const PATIENCE_MS = 15_000

/**
 * Hands a mail to a server.
 * @param id the same at each try, so that a mail that arrives twice can be told
 * @throws what SMTP or the network says
 */
export async function deliverMail(
  server: MailServer,
  { id, password, content }: { id: string; password: string | null; content: MailContent }
): Promise<void> {
  const { host, port, security, username } = server
  const transport = new SMTPTransport({
    host: host!,
    port: port!,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    ...(username && password ? { auth: { type: 'login', user: username, pass: password } } : {}),
  })
  const mailer = new Mailer('smtp', transport, emitter as never)
  try {
    await mailer.send((message) => {
      message
        .to(content.to)
        .from(server.sender!, server.senderName ?? undefined)
        .subject(content.subject)
        .text(content.text)
        .header('Message-ID', `<${id}@${server.sender!.split('@')[1]}>`)
        .header('Auto-Submitted', 'auto-generated')
    })
  } finally {
    await mailer.close()
  }
}

/** The kinds of answer that an administrator can do something about; words stand in `mail.reason_<kind>`. */
export type AnswerKind = 'away' | 'login' | 'encryption' | 'no_person' | 'other'

const KINDS: [AnswerKind, RegExp][] = [
  ['away', /^(ECONNECTION|ESOCKET|ETIMEDOUT|EDNS|ECONNREFUSED|ECONNRESET|ENOTFOUND|421)$/],
  ['login', /^(EAUTH|ENOAUTH|53[0458])$/],
  ['encryption', /^ETLS$/],
  ['no_person', /^55[0-4]$/],
]

/** Says of which kind an answer is, by its code. */
export function answerKind(code: string): AnswerKind {
  return KINDS.find(([, codes]) => codes.test(code))?.[0] ?? 'other'
}

/** A server's answer: whether it refuses this mail for good, and its code. */
export interface SmtpAnswer {
  isForGood: boolean
  /** `550`, `EAUTH`, `ECONNECTION` … */
  code: string
}

/** Reads an error of `deliverMail`. Only a refused mail is the mail's fault; all else is the server's, or ours. */
export function answerIn(error: unknown): SmtpAnswer {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, responseCode, command, response } = cause as unknown as Record<string, unknown>
    if (code === undefined && responseCode === undefined) continue
    // A sender that it doesn't know, or a rule about us (5.7.x), is nothing that this mail could mend.
    const isRefused =
      ((code === 'EENVELOPE' && command === 'RCPT TO') || code === 'EMESSAGE') &&
      !/\b5\.7\.\d/.test(String(response ?? ''))
    return {
      isForGood: isRefused && typeof responseCode === 'number' && responseCode >= 500,
      code: String(responseCode ?? code),
    }
  }
  return { isForGood: false, code: 'unknown' }
}
