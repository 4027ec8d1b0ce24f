import { DateTime } from 'luxon'
import type { Infer } from '@vinejs/vine/types'
import type { mailServerValidator } from '#app/center/mail/mail_server_form'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { lockName } from '#app/core/lock'
import MailServer, { mailServer, serverSealContext } from '#app/core/mail/mail_server'
import { createSealer, destroyDataKeys } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/** Sets how mail leaves, with an event that says who did. A password stays for the server and name that it was typed for. */
export async function keepMailServer(
  actor: User,
  typed: Infer<typeof mailServerValidator>
): Promise<void> {
  await transition(async (t) => {
    await lockName(t.trx, 'mail server')
    const known = await mailServer(t.trx)
    const server = known ?? new MailServer().merge({ id: newId() }).useTransaction(t.trx)
    const isElsewhere =
      server.host !== (typed.host ?? null) || server.username !== (typed.username ?? null)
    const old = server.dataKeyId
    const plain = {
      mode: typed.mode,
      host: typed.host ?? null,
      port: typed.port ?? null,
      security: typed.security ?? 'starttls',
      username: typed.username ?? null,
      sender: typed.sender ?? null,
      senderName: typed.sender_name ?? null,
      alarmsTo: typed.alarms_to ?? [],
      changedBy: actor.id,
      changedAt: DateTime.now(),
    }
    if (typed.password) {
      const sealer = await createSealer(t.trx, 'mail server')
      const sealedPassword = sealer.sealText(serverSealContext(server.id), typed.password)
      server.merge({ ...plain, dataKeyId: sealer.dataKeyId, sealedPassword })
    } else if (isElsewhere) server.merge({ ...plain, dataKeyId: null, sealedPassword: null })
    else server.merge(plain)
    await server.save()
    if (old && old !== server.dataKeyId) await destroyDataKeys(t.trx, [old])
    t.recordOnly({
      verb: 'mail_server.changed',
      subject: { type: 'organization', id: actor.organizationId },
      actorId: actor.id,
      detail: { mode: plain.mode, host: plain.host, port: plain.port, security: plain.security },
    })
  })
}
