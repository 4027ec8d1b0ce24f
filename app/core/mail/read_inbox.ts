import db from '@adonisjs/lucid/services/db'
import { ImapFlow } from 'imapflow'
import logger from '@adonisjs/core/services/logger'
import { bounceIn } from '#app/core/mail/bounce'
import Mail from '#app/core/mail/mail'
import type MailInbox from '#app/core/mail/mail_inbox'
import { mailInbox } from '#app/core/mail/mail_inbox'
import { answerIn, PATIENCE_MS } from '#app/core/mail/smtp'
import { isAtStandstill } from '#app/core/standstill'
import { transition } from '#app/core/transition'

/** So much of a mail is looked at (bytes): reports are short, what they are about may follow whole. */
const LOOKED_AT = 1_000_000
/** At most so many at a time; the rest is read with the next turn. */
const MAX_AT_ONCE = 500

/**
 * Reads what has come into the mailbox since the last time. A report about a mail of ours says that it came back, and is
 * marked as read; all else stays unread for people. A mailbox that can't be reached is looked at again with the next turn.
 */
export async function readInbox(): Promise<void> {
  const inbox = await mailInbox()
  if (!inbox || (await isAtStandstill())) return
  const password = await inbox.openPassword()
  const client = new ImapFlow({
    host: inbox.host,
    port: inbox.port,
    secure: inbox.security === 'tls',
    doSTARTTLS: inbox.security === 'starttls',
    auth: { user: inbox.username, pass: password },
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    logger: false,
  })
  // It is told by what is waited for as well.
  client.on('error', () => {})
  try {
    await there(client.connect())
    await there(client.mailboxOpen('INBOX'))
    await readNew(inbox, client)
    await there(client.logout())
  } catch (error) {
    // A fault of ours is no answer of the mailbox's.
    if (!(error instanceof MailboxFailed)) throw error
    logger.warn({ code: error.code }, 'the mailbox could not be read')
    await inbox.merge({ reason: error.code }).save()
  } finally {
    client.close()
  }
}

async function readNew(inbox: MailInbox, client: ImapFlow): Promise<void> {
  if (!client.mailbox) return
  const validity = String(client.mailbox.uidValidity)
  // The server has numbered everything anew.
  if (inbox.uidValidity !== validity) inbox.merge({ uidValidity: validity, lastUid: 0 })
  const last = Number(inbox.lastUid)
  const found = (await there(client.search({ uid: `${last + 1}:*` }, { uid: true }))) || []
  // Of a range without end the server names its last one in any case.
  const uids = found.filter((uid) => uid > last).toSorted((a, b) => a - b)
  for (const uid of uids.slice(0, MAX_AT_ONCE)) {
    const source = { maxLength: LOOKED_AT }
    const mail = await there(client.fetchOne(String(uid), { source }, { uid: true }))
    const isOurs = mail && mail.source ? await takeBounce(mail.source) : false
    if (isOurs) await there(client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true }))
    await inbox.merge({ lastUid: uid }).save()
  }
  const unread = (await there(client.search({ seen: false }, { uid: true }))) || []
  await db
    .from('mail_inboxes')
    .where('id', inbox.id)
    .update({ unread: unread.length, reason: null, checked_at: db.raw('now()') })
}

/** Takes what a mail says of one of ours; false where it names none. */
async function takeBounce(source: Buffer): Promise<boolean> {
  const bounce = await bounceIn(source)
  if (!bounce || bounce.mailIds.length === 0) return false
  const mail = await Mail.query().whereIn('id', bounce.mailIds).first()
  if (!mail) return false
  if (bounce.isFinal) await transition((t) => mail.comeBack(t, bounce.code))
  return true
}

/** The mailbox, or the network on the way there, answered otherwise. */
class MailboxFailed extends Error {
  constructor(
    readonly code: string,
    options: ErrorOptions
  ) {
    super(`The mailbox can't be read: ${code}`, options)
  }
}

async function there<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    const { authenticationFailed } = cause as { authenticationFailed?: boolean }
    throw new MailboxFailed(authenticationFailed ? 'EAUTH' : answerIn(cause).code, { cause })
  }
}
