import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { withClaim } from '#app/core/claim'
import Mail from '#app/core/mail/mail'
import { hasLeft, mayLeave } from '#app/core/mail/mail_guard'
import { mailServer } from '#app/core/mail/mail_server'
import { answerIn, deliverMail } from '#app/core/mail/smtp'
import { isAtStandstill } from '#app/core/standstill'
import { transition } from '#app/core/transition'

/** The first wait after a try that failed, and the longest (seconds). */
const FIRST_WAIT = 30
const LONGEST_WAIT = 900
/** A try that another holds is looked at again after so many seconds. */
const CLAIM_SECONDS = 30

/**
 * Hands a mail to the server, under a claim. A server that can't be reached or that refuses us is no fault of the mail's:
 * it waits, and is tried again until somebody withdraws it.
 */
export async function sendMail(id: string): Promise<void> {
  const server = await mailServer()
  // After a restore it may have left before. Without a server it waits for one.
  if (server?.mode !== 'smtp' || (await isAtStandstill())) return again(id, LONGEST_WAIT)
  const claimed = await withClaim('mail', id, 'queued', async (attempt) => {
    const mail = await Mail.findOrFail(id)
    if (!(await mayLeave(mail))) return
    const content = await mail.open()
    if (!content) return
    // A fault of the database is no answer of the server's.
    const password = await server.openPassword()
    try {
      await deliverMail(server, { id, password, content })
    } catch (error) {
      const { isForGood, code } = answerIn(error)
      logger.warn({ mail: id, code, attempt }, 'a mail was not taken')
      if (isForGood) return transition((t) => mail.fail(t, code))
      await db.from('mails').where({ id, state: 'queued' }).update({ reason: code })
      return again(id, Math.min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT))
    }
    await transition(async (t) => {
      await hasLeft(t, mail)
      await mail.sent(t)
    })
  })
  if (!claimed) await again(id, CLAIM_SECONDS)
}

/** Has it looked at again later, as long as it waits. */
async function again(id: string, after: number): Promise<void> {
  await transition(async (t) => t.wake({ type: 'mail', id, after }))
}
