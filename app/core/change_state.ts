import type { LucidRow } from '@adonisjs/lucid/types/model'
import type { Transition } from '#app/core/transition'

/** The rules by which a kind of record changes state. */
export interface StateRules<State extends string> {
  table: string
  /** what events call it */
  subject: string
  /** from which states each can be reached */
  from: Record<State, readonly State[]>
  /** SQL for whose a row `r` is; its column client_id where nothing else is said */
  client?: string
}

export interface StateChange<State extends string> {
  /** only of those that stand in one of these */
  from?: readonly State[]
  /** what the event is called, where not after the state that was reached */
  verb?: string
  /** other columns that change with it */
  set?: Record<string, string | number | null>
  actorId?: string | null
  /** in whose history it stands as well */
  submissionId?: string | null
  detail?: Record<string, string | number>
}

export interface Changed {
  id: string
  /** the state that it was in */
  from: string
  clientId: string
}

/**
 * Changes the state of all these records that stand where they may come from, in one statement, in order of id. For
 * models alone, which own their state.
 * @returns what changed; whoever calls it records the events
 */
export async function moveRows<State extends string>(
  t: Transition,
  { table, from: allowed, client = 'r.client_id' }: StateRules<State>,
  ids: string[],
  to: State,
  { from = allowed[to], set = {} }: Pick<StateChange<State>, 'from' | 'set'> = {}
): Promise<Changed[]> {
  if (ids.length === 0) return []
  const columns = Object.keys(set).map((column) => `, ${column} = :${column}`)
  const { rows }: { rows: Changed[] } = await t.trx.rawQuery(
    `with found as (select id, state from ${table} where id = any(:ids) and state = any(:from) order by id for update)
     update ${table} r set state = :to ${columns.join('')} from found where r.id = found.id
     returning r.id, found.state as "from", ${client} as "clientId"`,
    { ...set, ids, from: [...from], to }
  )
  return rows
}

/** The same, with an event for each that says from where to where; it wakes nobody. */
export async function changeState<State extends string>(
  t: Transition,
  rules: StateRules<State>,
  ids: string[],
  to: State,
  change: StateChange<State> = {}
): Promise<Changed[]> {
  const changed = await moveRows(t, rules, ids, to, change)
  for (const { id, from, clientId } of changed)
    t.recordOnly({
      verb: change.verb ?? `${rules.subject}.${to}`,
      subject: { type: rules.subject, id },
      clientId,
      submissionId: change.submissionId,
      actorId: change.actorId,
      detail: { ...change.detail, from, to },
    })
  return changed
}

interface RowWithState<State extends string> extends LucidRow {
  id: string
  clientId: string
  state: State
}

/**
 * Changes the state of one locked row and saves what else was merged into it, with its event, which wakes who waits for
 * the record. For models alone.
 * @throws when it can't be reached from where the row stands
 */
export async function moveRow<State extends string>(
  t: Transition,
  { subject, from }: Pick<StateRules<State>, 'subject' | 'from'>,
  row: RowWithState<State>,
  to: State,
  change: Omit<StateChange<State>, 'from' | 'set'> = {}
): Promise<void> {
  const was = row.state
  if (!from[to].includes(was)) throw new Error(`A ${subject} can't go from ${was} to ${to}`)
  row.state = to
  await row.useTransaction(t.trx).save()
  t.record({
    verb: change.verb ?? `${subject}.${to}`,
    subject: { type: subject, id: row.id },
    clientId: row.clientId,
    submissionId: change.submissionId,
    actorId: change.actorId,
    detail: { ...change.detail, from: was, to },
  })
}
