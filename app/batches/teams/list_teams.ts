import db from '@adonisjs/lucid/services/db'
import { UNDELIVERED } from '#app/batches/plan_batch'
import { today } from '#app/core/clock'

/** A team with what it is at. */
export interface ListedTeam {
  id: string
  name: string
  leader: string
  closed_at: Date | null
  /** people in it who work here */
  people: number
  /** batches that aren't delivered */
  batches: number
  /** of these the ones that are late */
  late: number
  pieces: number
  finished: number
}

/** Selects teams with how far their batches are, those that are closed last. */
export function listTeams() {
  return db
    .from('teams as t')
    .join('users as l', 'l.id', 't.leader_id')
    .joinRaw(
      `cross join lateral (
         select count(*)::int as batches, count(*) filter (where b.due_on < :today)::int as late,
           coalesce(sum(p.all), 0)::int as pieces, coalesce(sum(p.finished), 0)::int as finished
         from batches b cross join lateral (
           select count(*) as all, count(*) filter (where state in ('finished', 'left_out')) as finished
           from pieces where batch_id = b.id) as p
         where b.team_id = t.id and b.state = any(:states)) as work`,
      { today: today(), states: [...UNDELIVERED] }
    )
    .orderByRaw('t.closed_at is not null')
    .orderBy('t.name')
    .select(
      ...['t.id', 't.name', 't.closed_at', 'l.display_name as leader', 'work.*'],
      db.raw(
        `(select count(*)::int from team_members m join users u on u.id = m.user_id
          where m.team_id = t.id and u.left_at is null) as people`
      )
    )
}

/** Lists the teams that batches can be given to, by name. */
export function openTeams(): Promise<
  { id: string; name: string; leader: string; leaderId: string }[]
> {
  return db
    .from('teams as t')
    .join('users as l', 'l.id', 't.leader_id')
    .whereNull('t.closed_at')
    .orderBy('t.name')
    .select('t.id', 't.name', 'l.display_name as leader', 't.leader_id as leaderId')
}

/** Finds the names of all teams by their ids. */
export async function teamNames(): Promise<Map<string, string>> {
  const rows: { id: string; name: string }[] = await db.from('teams').select('id', 'name')
  return new Map(rows.map(({ id, name }) => [id, name]))
}
