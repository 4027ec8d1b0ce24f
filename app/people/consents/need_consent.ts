import Organization from '#app/people/organization'
import type User from '#app/people/user'
import type { ConsentNeeded } from '#app/people/consents/consented'
import { transition } from '#app/core/transition'

/** Says who is given work of a client only where its consents name them. @returns false where there is no such client */
export async function needConsent(
  actor: User,
  clientId: string,
  needed: ConsentNeeded
): Promise<boolean> {
  return transition(async (t) => {
    const client = await Organization.query({ client: t.trx })
      .where({ id: clientId, kind: 'client' })
      .forUpdate()
      .first()
    if (!client) return false
    const before = client.consentNeeded
    if (before === needed) return true
    await client.merge({ consentNeeded: needed }).save()
    t.recordOnly({
      verb: 'organization.consent_needed',
      subject: { type: 'organization', id: client.id },
      clientId: client.id,
      actorId: actor.id,
      detail: { from: before, to: needed },
    })
    return true
  })
}
