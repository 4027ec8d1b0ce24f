import db from '@adonisjs/lucid/services/db'
import { planOf } from '#app/tasks/plans/service_plan'

/** So much is added to the priority of what goes first, and taken from what goes last: calls still come before. */
const RAISE = 4
/** Tasks that are changed in one statement. */
const AT_ONCE = 2000

/** SQL: what the plan of its service adds to the priority of work about a submission. */
export const RAISED = `coalesce((
  select p.priority * ${RAISE} from submissions s join service_versions v on v.id = s.service_version_id
  join service_plans p on p.id = v.service_id where s.id = ?), 0)`

/** Has the open work of a service go first, in its turn, or last, as its plan says; a part at a time. */
export async function followPriority(serviceId: string): Promise<void> {
  const raised = ((await planOf(serviceId))?.priority ?? 0) * RAISE
  for (let changed = AT_ONCE; changed === AT_ONCE;) {
    const { rowCount } = await db.rawQuery<{ rowCount: number }>(
      `update tasks set priority = priority - raised + :raised, raised = :raised where id in (
         select t.id from tasks t
         join submissions s on s.id = t.submission_id join service_versions v on v.id = s.service_version_id
         where v.service_id = :service and t.state in ('open', 'leased') and t.raised <> :raised
         order by t.id limit ${AT_ONCE} for update of t)`,
      { service: serviceId, raised }
    )
    changed = rowCount
  }
}
