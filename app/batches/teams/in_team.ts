import db from '@adonisjs/lucid/services/db'
import type Batch from '#app/batches/batch'
import type User from '#app/people/user'

/** SQL: a batch `batches` is everybody's, or of a team that the person in `?` is in. */
export const FOR_TEAM = `(batches.team_id is null or exists (
  select 1 from team_members m where m.team_id = batches.team_id and m.user_id = ?))`

/** Tells whether a batch may be offered to somebody, as far as it is a team's. */
export async function isForTeam(
  user: Pick<User, 'id'>,
  { teamId }: Pick<Batch, 'teamId'>
): Promise<boolean> {
  if (!teamId) return true
  const member: unknown = await db
    .from('team_members')
    .where({ team_id: teamId, user_id: user.id })
    .first()
  return member !== null
}
