import { openTeams } from '#app/batches/teams/list_teams'
import WorkKind from '#app/batches/kinds/work_kind'
import Organization from '#app/people/organization'
import User from '#app/people/user'

/** Finds what a new batch is chosen from: kinds that are offered, whom it may be for, who may lead it or do it. */
export async function batchChoices() {
  return {
    kinds: await WorkKind.query().whereNull('closedAt').orderBy('name'),
    clients: await Organization.query()
      .whereIn('kind', ['client', 'center'])
      .orderBy('kind', 'desc')
      .orderBy('name'),
    leaders: await leadersThere(),
    teams: await openTeams(),
  }
}

/** Finds who may lead a batch. */
export function leadersThere(): Promise<User[]> {
  return User.query()
    .withScopes((scopes) => scopes.whoMay('work.arrange'))
    .whereNull('leftAt')
    .whereNull('frozenAt')
    .orderBy('displayName')
    .exec()
}
