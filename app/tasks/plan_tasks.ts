import db from '@adonisjs/lucid/services/db'

/** Tasks that are changed in one statement. */
const AT_ONCE = 2000

/** Work is planned otherwise: open tasks of these kinds in a group get another day and priority, a part at a time. */
export async function planTasks(
  kinds: string[],
  groupKey: string,
  { dueOn, priority }: { dueOn: string; priority: number }
): Promise<void> {
  for (let changed = AT_ONCE; changed === AT_ONCE;) {
    const { rowCount } = await db.rawQuery<{ rowCount: number }>(
      `update tasks set due_on = :due, priority = :priority where id in (
         select id from tasks
         where kind = any(:kinds) and group_key = :group and state in ('open', 'leased')
           and (due_on, priority) is distinct from (cast(:due as date), cast(:priority as smallint))
         order by id limit ${AT_ONCE} for update)`,
      { kinds, group: groupKey, due: dueOn, priority }
    )
    changed = rowCount
  }
}
