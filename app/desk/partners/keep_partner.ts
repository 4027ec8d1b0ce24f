import Partner from '#app/desk/partners/partner'
import { centerOf } from '#app/people/center'
import Organization from '#app/people/organization'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

/** Adds a partner, or changes what is known of one; refused where another has that name, or signs in as the same. */
export async function keepPartner(
  actor: User,
  known: Partner | null,
  facts: Pick<Partner, 'name' | 'phone' | 'does' | 'organizationId'>
): Promise<'kept' | 'twice' | 'not_a_partner'> {
  const clientId = await centerOf()
  return transition(async (t) => {
    const { organizationId } = facts
    const organization =
      organizationId &&
      (await Organization.query({ client: t.trx })
        .where({ id: organizationId, kind: 'partner' })
        .first())
    if (organizationId && !organization) return 'not_a_partner'
    const other = await Partner.query({ client: t.trx })
      .where((either) =>
        either
          .where('name', facts.name)
          .if(organizationId, (query) => query.orWhere('organizationId', organizationId!))
      )
      .if(known, (query) => query.whereNot('id', known!.id))
      .first()
    if (other) return 'twice'
    const { id } = known
      ? await known.useTransaction(t.trx).merge(facts).save()
      : await Partner.create({ id: newId(), clientId, ...facts }, { client: t.trx })
    t.recordOnly({
      verb: known ? 'partner.changed' : 'partner.added',
      subject: { type: 'partner', id },
      actorId: actor.id,
      detail: { organization: organizationId ?? '' },
    })
    return 'kept'
  })
}

/** Removes a partner whom nothing was handed to; false where something was. */
export async function removePartner(actor: User, partner: Partner): Promise<boolean> {
  return transition(async (t) => {
    const handed = await t.trx.from('consultations').where('partner_id', partner.id).first()
    if (handed) return false
    await partner.useTransaction(t.trx).delete()
    t.recordOnly({
      verb: 'partner.removed',
      subject: { type: 'partner', id: partner.id },
      actorId: actor.id,
    })
    return true
  })
}
