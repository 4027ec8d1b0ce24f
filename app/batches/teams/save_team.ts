import Team from '#app/batches/teams/team'
import { UNDELIVERED } from '#app/batches/plan_batch'
import User from '#app/people/user'
import { newId } from '#app/core/ids'
import { lockName } from '#app/core/lock'
import { transition, type Transition } from '#app/core/transition'

/** A team as it is typed. */
export interface TypedTeam {
  name: string
  leaderId: string
  /** of the center's people */
  memberIds: string[]
}

/**
 * Keeps a team, new or changed. Batches that it is at get its leader; packs that somebody accepted before they left it go
 * on.
 * @returns its id; `name_taken`, or `unknown` where somebody works here no longer
 */
export async function saveTeam(
  actor: User,
  id: string | null,
  { name, leaderId, memberIds }: TypedTeam
): Promise<{ ok: true; id: string } | { ok: false; reason: 'name_taken' | 'unknown' }> {
  return transition(async (t) => {
    await lockName(t.trx, 'teams')
    const team = id
      ? await Team.query({ client: t.trx }).where('id', id).forUpdate().firstOrFail()
      : new Team().merge({ id: newId() }).useTransaction(t.trx)
    const other = await Team.query({ client: t.trx })
      .where('name', name)
      .whereNot('id', team.id)
      .first()
    if (other) return { ok: false, reason: 'name_taken' }
    if (!(await areHere(t, actor, [leaderId, ...memberIds])))
      return { ok: false, reason: 'unknown' }
    await team.merge({ name, leaderId }).save()
    await team.related('members').sync(memberIds)
    await t.trx
      .from('batches')
      .where('team_id', team.id)
      .whereIn('state', [...UNDELIVERED])
      .update({ leader_id: leaderId })
    t.recordOnly({
      verb: id ? 'team.changed' : 'team.made',
      subject: { type: 'team', id: team.id },
      actorId: actor.id,
      detail: { name, leader: leaderId, people: memberIds.length },
    })
    return { ok: true, id: team.id }
  })
}

async function areHere(t: Transition, actor: User, ids: string[]): Promise<boolean> {
  const known = [...new Set(ids)]
  const here = await User.query({ client: t.trx })
    .whereIn('id', known)
    .where('organizationId', actor.organizationId)
    .whereNull('leftAt')
  return here.length === known.length
}

/**
 * A team is given batches no longer, or again.
 * @returns false where a batch that isn't delivered is with it
 */
export async function closeTeam(actor: User, id: string, isClosed: boolean): Promise<boolean> {
  return transition(async (t) => {
    const team = await Team.query({ client: t.trx }).where('id', id).forUpdate().firstOrFail()
    const busy: unknown = await t.trx
      .from('batches')
      .where('team_id', team.id)
      .whereIn('state', [...UNDELIVERED])
      .first()
    if (isClosed && busy) return false
    await t.trx
      .from('teams')
      .where('id', id)
      .update({ closed_at: isClosed ? t.trx.raw('now()') : null })
    t.recordOnly({
      verb: isClosed ? 'team.closed' : 'team.reopened',
      subject: { type: 'team', id },
      actorId: actor.id,
    })
    return true
  })
}
