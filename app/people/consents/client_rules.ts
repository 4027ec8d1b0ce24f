import Organization from '#app/people/organization'
import type User from '#app/people/user'
import type { ConsentNeeded, RegionRule } from '#app/people/consents/entrusted'
import { transition } from '#app/core/transition'

type Rules = Partial<Pick<Organization, 'consentNeeded' | 'regionRule' | 'regions'>>

/** Says who is given work of a client only where its consents name them. @returns false where there is no such client */
export function needConsent(actor: User, clientId: string, needed: ConsentNeeded) {
  return change(actor, clientId, 'organization.consent_needed', { consentNeeded: needed })
}

/** Says where people live whom a client's work is given to. @returns false where there is no such client */
export function askRegions(actor: User, clientId: string, rule: RegionRule, regions: string[]) {
  const named = rule === 'anywhere' ? [] : regions.toSorted()
  return change(actor, clientId, 'organization.regions_asked', { regionRule: rule, regions: named })
}

async function change(actor: User, clientId: string, verb: string, rules: Rules): Promise<boolean> {
  return transition(async (t) => {
    const client = await Organization.query({ client: t.trx })
      .where({ id: clientId, kind: 'client' })
      .forUpdate()
      .first()
    if (!client) return false
    const before = said(client)
    await client.merge(rules).save()
    const after = said(client)
    if (before[verb] === after[verb]) return true
    t.recordOnly({
      verb,
      subject: { type: 'organization', id: client.id },
      clientId: client.id,
      actorId: actor.id,
      detail: { from: before[verb], to: after[verb] },
    })
    return true
  })
}

/** The rules of a client, as the event of each tells them. */
function said({ consentNeeded, regionRule, regions }: Organization): Record<string, string> {
  return {
    'organization.consent_needed': consentNeeded,
    'organization.regions_asked': [regionRule, ...regions].join(' '),
  }
}
