import type { Transition } from '#app/core/transition'

export interface Moved {
  id: string
  /** the state that it was in */
  from: string
  clientId: string
}

/**
 * Moves all of these records that stand in one of the states `from` to another, in one statement; what moved. Whoever
 * calls it records the events: it is for models, which own their state.
 * @param set other columns that change with it
 */
export async function moveAll(
  t: Transition,
  table: string,
  ids: string[],
  {
    from,
    to,
    set = {},
  }: { from: readonly string[]; to: string; set?: Record<string, string | null> }
): Promise<Moved[]> {
  if (ids.length === 0) return []
  const columns = Object.keys(set).map((column) => `, ${column} = :${column}`)
  const { rows }: { rows: Moved[] } = await t.trx.rawQuery(
    `with found as (select id, state from ${table} where id = any(:ids) and state = any(:from) order by id for update)
     update ${table} r set state = :to ${columns.join('')} from found where r.id = found.id
     returning r.id, found.state as "from", r.client_id as "clientId"`,
    { ...set, ids, from: [...from], to }
  )
  return rows
}
