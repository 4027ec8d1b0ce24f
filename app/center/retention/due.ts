import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'

/** A list holds so many requests; what is due beyond them comes with the next one. */
export const MAX_LISTED = 5000

/** Extents of what goes: the paper alone; the pictures of it too; the values too. */
export type Extent = 'originals' | 'pictures' | 'all'

/** A record that is to be destroyed, or some of it. */
export interface Due {
  /** `submission`, or a kind of record that a room keeps of residents */
  record: string
  id: string
  extent: Extent
}

/** The rule that holds for a request: of its service, else of its client. */
const ruleOf = (submission: string, version: string) =>
  `select * from retention_rules r
   where r.client_id = ${submission}.client_id and (r.service_id = ${version}.service_id or r.service_id is null)
   order by r.service_id nulls last limit 1`

/** Its paper was on no list that was carried out, and nothing else in its envelope is needed any longer. */
const PAPER_MAY_GO = `not exists (
    select 1 from disposal_items i join disposals d on d.id = i.disposal_id
    where i.record = 'submission' and i.record_id = s.id and i.outcome = 'erased' and d.state = 'carried_out')
  and (s.envelope_id is null or not exists (
    select 1 from submissions o join service_versions ov on ov.id = o.service_version_id
      left join lateral (${ruleOf('o', 'ov')}) r on true
    where o.envelope_id = s.envelope_id and o.state <> 'erased' and o.id <> s.id
      and (o.ended_at is null or coalesce(r.originals_days, 0) = 0
        or exists (select 1 from legal_holds h where h.submission_id = o.id and h.lifted_at is null)
        or o.ended_at >= now() - make_interval(days => r.originals_days))))`

/**
 * Lists what of a client is kept longer than its rules say, the longest first. What is held isn't due, nor what another
 * open list has.
 */
export async function listDue(
  clientId: string,
  limit = MAX_LISTED,
  client: Queries = db
): Promise<Due[]> {
  const { rows } = await client.rawQuery<{ rows: Due[] }>(
    `select 'submission' as record, id, extent from (
       select s.id, s.ended_at,
         case
           when r.values_days > 0 and s.ended_at < now() - make_interval(days => r.values_days) then 'all'
           when r.pictures_days > 0 and s.ended_at < now() - make_interval(days => r.pictures_days)
             and exists (select 1 from pages p where p.submission_id = s.id and p.erased_at is null) then 'pictures'
           when r.originals_days > 0 and s.ended_at < now() - make_interval(days => r.originals_days)
             and s.channel = 'paper' and ${PAPER_MAY_GO} then 'originals'
         end as extent
       from submissions s
       join service_versions v on v.id = s.service_version_id
       join lateral (${ruleOf('s', 'v')}) r on true
       where s.client_id = :clientId and s.ended_at < now() - make_interval(days => (
           select min(days) from retention_rules shortest, unnest(array[originals_days, pictures_days, values_days]) days
           where shortest.client_id = :clientId and days > 0))
         and not exists (select 1 from legal_holds h where h.submission_id = s.id and h.lifted_at is null)
         and not exists (
           select 1 from disposal_items i join disposals d on d.id = i.disposal_id
           where i.record = 'submission' and i.record_id = s.id and d.state in ('proposed', 'approved'))
     ) one
     where extent is not null order by ended_at limit :limit`,
    { clientId, limit }
  )
  return rows
}
