import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'

/** Selects the letters that came back, the newest first, each with its run and what it was for. */
export function listReturns(user: User) {
  return db
    .from('sheets as s')
    .join('print_runs as p', 'p.id', 's.print_run_id')
    .join('organizations as o', 'o.id', 'p.client_id')
    .whereNotNull('s.returned_on')
    .if(!user.worksForCenter, (query) => query.where('p.client_id', user.organizationId))
    .orderBy('s.returned_on', 'desc')
    .orderBy('s.id', 'desc')
    .select(
      ...['s.code', 's.number', 's.reason', 's.returned_on'],
      ...['p.id as run_id', 'p.number as run', 'p.mailing_id', 'o.name as client']
    )
}

/** Letters of a client that came back in a month, by why. */
export interface ReturnedInMonth {
  /** YYYY-MM */
  month: string
  client: string
  reason: string
  count: number
  /** letters that were posted to its people in that month */
  posted: number
}

/** Months that the report goes back. */
const MONTHS = 12
const SINCE = `date_trunc('month', current_date) - interval '${MONTHS - 1} months'`

/** Counts what came back by month, client and reason, beside what was posted: the report to clients. */
export async function returnedByMonth(user: User): Promise<ReturnedInMonth[]> {
  const { rows } = await db.rawQuery<{ rows: ReturnedInMonth[] }>(
    `with runs as (
       select p.id, p.client_id, p.posted_on from print_runs p where :all or p.client_id = :client),
     posted as (
       select client_id, to_char(posted_on, 'YYYY-MM') as month, count(*)::int as count
       from runs join sheets s on s.print_run_id = runs.id
       where posted_on >= ${SINCE} and s.state in ('posted', 'returned') group by 1, 2),
     back as (
       select client_id, to_char(returned_on, 'YYYY-MM') as month, reason, count(*)::int as count
       from runs join sheets s on s.print_run_id = runs.id
       where returned_on >= ${SINCE} group by 1, 2, 3)
     select back.month, o.name as client, back.reason, back.count, coalesce(posted.count, 0) as posted
     from back join organizations o on o.id = back.client_id
       left join posted on posted.client_id = back.client_id and posted.month = back.month
     order by back.month desc, o.name, back.count desc`,
    { all: user.worksForCenter, client: user.organizationId }
  )
  return rows
}
