import Team from '#app/batches/teams/team'
import type Batch from '#app/batches/batch'
import type { Transition } from '#app/core/transition'

type Led = Pick<Batch, 'leaderId' | 'teamId'>

/** Returns who leads a batch: the leader of its team, where one does it. Null where that team is closed, or there is none. */
export async function withTeam(t: Transition, { leaderId, teamId }: Led): Promise<Led | null> {
  if (!teamId) return { leaderId, teamId: null }
  const team = await Team.query({ client: t.trx })
    .where('id', teamId)
    .whereNull('closedAt')
    .forShare()
    .first()
  return team && { leaderId: team.leaderId, teamId }
}
