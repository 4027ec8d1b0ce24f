import { simpleParser, type ParsedMail } from 'mailparser'

/** A report that came in about a mail that we sent (RFC 3464, or as older servers write it). */
export interface Bounce {
  /** ids that stand where those of our mails do; one of them may be ours */
  mailIds: string[]
  /** it won't be tried again: whoever it was for doesn't get it */
  isFinal: boolean
  /** `5.1.1` …; `other` where nothing is said */
  code: string
}

/** The left side of the Message-ID that we give to what we send. */
const MESSAGE_ID = /<([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})@/gi

const FROM_A_SERVER = /(mailer-daemon|postmaster)@/i

/**
 * Reads whether a mail is a server's report about another.
 * @param source the mail as it came in, or its beginning
 * @returns null for all other mail: people's, absence notes, receipts
 */
export async function bounceIn(source: Buffer): Promise<Bounce | null> {
  const mail = await simpleParser(source)
  const isReport = reportType(mail) === 'delivery-status'
  if (!isReport && !FROM_A_SERVER.test(mail.from?.text ?? '')) return null
  const said = [
    source.toString('latin1'),
    mail.text ?? '',
    ...mail.attachments.map(({ content }) => content.toString('latin1')),
  ].join('\n')
  const actions = [...said.matchAll(/^Action:\s*(\w+)/gim)].map(([, action]) =>
    action.toLowerCase()
  )
  const isFinal = actions.length > 0 ? actions.includes('failed') : !isReport
  return {
    mailIds: [...new Set([...said.matchAll(MESSAGE_ID)].map(([, id]) => id.toLowerCase()))],
    isFinal,
    code: /^Status:\s*(\d\.\d+\.\d+)/im.exec(said)?.[1] ?? 'other',
  }
}

function reportType({ headers }: ParsedMail): string | undefined {
  const type = headers.get('content-type') as
    { value: string; params: Record<string, string | undefined> } | undefined
  return type?.value === 'multipart/report' ? type.params['report-type']?.toLowerCase() : undefined
}
