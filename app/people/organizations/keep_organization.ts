import Organization from '#app/people/organization'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { lockName } from '#app/core/lock'
import { transition } from '#app/core/transition'

/** A short name: it stands in addresses and kits. */
export const SHORT_NAME = /^[a-z][a-z0-9-]{1,39}$/

/** Adds a client or a partner, or gives an organization another name. */
export async function keepOrganization(
  actor: User,
  known: Organization | null,
  { name, slug, kind = 'client' }: { name: string; slug?: string; kind?: 'client' | 'partner' }
): Promise<'done' | 'incomplete' | 'taken'> {
  if (!known && !slug) return 'incomplete'
  return transition(async (t) => {
    await lockName(t.trx, 'organizations')
    const other = await Organization.query({ client: t.trx })
      .where((either) => either.where('name', name).if(!known, (q) => q.orWhere('slug', slug!)))
      .if(known, (query) => query.whereNot('id', known!.id))
      .first()
    if (other) return 'taken'
    const kept = known
      ? await known.useTransaction(t.trx).merge({ name }).save()
      : await Organization.create({ id: newId(), kind, slug: slug!, name }, { client: t.trx })
    t.recordOnly({
      verb: known ? 'organization.renamed' : 'organization.added',
      subject: { type: 'organization', id: kept.id },
      clientId: kept.kind === 'client' ? kept.id : null,
      actorId: actor.id,
    })
    return 'done'
  })
}
