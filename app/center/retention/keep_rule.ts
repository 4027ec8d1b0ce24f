import RetentionRule from '#app/center/retention/retention_rule'
import Organization from '#app/people/organization'
import type User from '#app/people/user'
import Service from '#app/catalog/service'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

/** Days that are typed; null for all: what holds for the whole client holds. */
export interface Days {
  originals: number
  pictures: number
  values: number
}

/** A client, or one of its services, for which a rule can be set. */
export interface RuleSubject {
  clientId: string
  serviceId: string | null
}

/**
 * Keeps for how long things of a client, or of one of its services, are kept; null takes a rule away.
 * @returns false where that client or service isn't the user's
 */
export async function keepRule(
  user: User,
  { clientId, serviceId }: RuleSubject,
  days: Days | null
): Promise<boolean> {
  if (!user.worksForCenter && clientId !== user.organizationId) return false
  return transition(async (t) => {
    // Two who save at once come one after the other.
    const client = await Organization.query({ client: t.trx })
      .where({ id: clientId, kind: 'client' })
      .forUpdate()
      .first()
    const service = serviceId
      ? await Service.query({ client: t.trx }).where({ id: serviceId, clientId }).first()
      : null
    if (!client || (serviceId && !service)) return false
    const rules = () =>
      RetentionRule.query({ client: t.trx })
        .where('clientId', clientId)
        .if(serviceId, (query) => query.where('serviceId', serviceId!))
        .if(!serviceId, (query) => query.whereNull('serviceId'))
    const before = await rules().first()
    await rules().delete()
    if (days)
      await RetentionRule.create(
        {
          id: newId(),
          clientId,
          serviceId,
          originalsDays: days.originals,
          picturesDays: days.pictures,
          valuesDays: days.values,
          changedBy: user.id,
        },
        { client: t.trx }
      )
    t.recordOnly({
      verb: 'retention.changed',
      subject: serviceId
        ? { type: 'service', id: serviceId }
        : { type: 'organization', id: clientId },
      clientId,
      actorId: user.id,
      detail: {
        originals_from: before?.originalsDays ?? null,
        originals_to: days?.originals ?? null,
        pictures_from: before?.picturesDays ?? null,
        pictures_to: days?.pictures ?? null,
        values_from: before?.valuesDays ?? null,
        values_to: days?.values ?? null,
      },
    })
    return true
  })
}
