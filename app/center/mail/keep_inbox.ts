import { DateTime } from 'luxon'
import type { Infer } from '@vinejs/vine/types'
import type { inboxValidator } from '#app/center/mail/mail_server_form'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { lockName } from '#app/core/lock'
import MailInbox, { inboxSealContext } from '#app/core/mail/mail_inbox'
import { createSealer, destroyDataKeys } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/**
 * Sets the mailbox in which mail comes back. A password stays for the server and name that it was typed for.
 * @returns false where a password is needed
 */
export async function keepInbox(actor: User, typed: Infer<typeof inboxValidator>) {
  return transition(async (t) => {
    await lockName(t.trx, 'mail inbox')
    const known = await MailInbox.query({ client: t.trx }).first()
    const { host, port, security, username } = typed
    const isSame = known?.host === host && known.username === username
    if (!typed.password && !isSame) return false
    const inbox = known ?? new MailInbox().merge({ id: newId() }).useTransaction(t.trx)
    const old = known?.dataKeyId
    if (typed.password) {
      const sealer = await createSealer(t.trx, 'mail inbox')
      const sealedPassword = sealer.sealText(inboxSealContext(inbox.id), typed.password)
      inbox.merge({ dataKeyId: sealer.dataKeyId, sealedPassword })
    }
    // Another mailbox numbers its mail otherwise.
    if (!isSame) inbox.merge({ uidValidity: null, lastUid: 0, unread: 0, checkedAt: null })
    const changed = { changedBy: actor.id, changedAt: DateTime.now(), reason: null }
    await inbox.merge({ host, port, security, username, ...changed }).save()
    if (old && old !== inbox.dataKeyId) await destroyDataKeys(t.trx, [old])
    t.recordOnly({
      verb: 'mail_inbox.changed',
      subject: { type: 'organization', id: actor.organizationId },
      actorId: actor.id,
      detail: { host, port, security },
    })
    return true
  })
}

/** Mail that comes back is looked for by people alone. */
export async function forgetInbox(actor: User): Promise<void> {
  await transition(async (t) => {
    const known = await MailInbox.query({ client: t.trx }).forUpdate().first()
    if (!known) return
    await known.delete()
    await destroyDataKeys(t.trx, [known.dataKeyId])
    t.recordOnly({
      verb: 'mail_inbox.removed',
      subject: { type: 'organization', id: actor.organizationId },
      actorId: actor.id,
    })
  })
}
