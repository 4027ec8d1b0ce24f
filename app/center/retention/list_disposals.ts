import db from '@adonisjs/lucid/services/db'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import type { Extent } from '#app/center/retention/due'
import Disposal from '#app/center/retention/disposal'

/** Selects a person's disposals with their client and how much is on them, the newest first. */
export function listDisposals(user: User) {
  return visibleTo(Disposal.query(), user)
    .join('organizations', 'organizations.id', 'disposals.client_id')
    .orderBy('disposals.number', 'desc')
    .select(
      'disposals.*',
      'organizations.name as client',
      db.raw(
        '(select count(*)::int from disposal_items i where i.disposal_id = disposals.id) as records'
      )
    )
}

/** Counts lists that wait for somebody's consent who may give it. */
export async function countProposed(user: User): Promise<number> {
  if (user.worksForCenter || !user.may('disposals.approve')) return 0
  const { length } = await Disposal.query()
    .where({ clientId: user.organizationId, state: 'proposed' })
    // Whoever asked doesn't agree as well.
    .where((query) => query.whereNull('askedBy').orWhereNot('askedBy', user.id))
    .limit(100)
    .select('id')
  return length
}

/** An item as its list shows it; the number of a protected person's request (支援措置) only for who is named for them. */
export interface ListedItem {
  record: string
  extent: Extent
  outcome: 'erased' | 'held' | 'open' | null
  id: string
  receipt: string | null
  endedAt: Date | null
  /** the envelope that its paper came in, where it was noted: number, box and position in it */
  envelope: { number: number; box: string | null; position: number | null } | null
}

/** Selects what is on a list. */
export function itemsOf(disposalId: string, user: User) {
  return db
    .from('disposal_items as i')
    .joinRaw(
      `left join submissions s on i.record = 'submission' and s.id = i.record_id and (? or not s.protected)`,
      [user.seesProtected]
    )
    .leftJoin('envelopes as e', 'e.id', 's.envelope_id')
    .where('i.disposal_id', disposalId)
    .orderBy('i.record')
    .orderBy('i.record_id')
    .select(
      'i.record',
      'i.record_id as id',
      'i.extent',
      'i.outcome',
      's.receipt',
      's.ended_at as endedAt',
      db.raw(
        `case when e.id is not null then json_build_object('number', e.number, 'box', e.box, 'position', e.position) end as envelope`
      )
    )
}

/** Sums of a list. */
export interface DisposalSums {
  records: number
  whole: number
  pictures: number
  originals: number
  erased: number
  /** of which the paper alone may go */
  released: number
  held: number
  open: number
  pages: number
}

/** Counts what is on a list, and what became of it. */
export async function sumsOf(disposalId: string): Promise<DisposalSums> {
  return db
    .from('disposal_items')
    .where('disposal_id', disposalId)
    .select(
      db.raw('count(*)::int as records'),
      db.raw(`count(*) filter (where extent = 'all')::int as whole`),
      db.raw(`count(*) filter (where extent = 'pictures')::int as pictures`),
      db.raw(`count(*) filter (where extent = 'originals')::int as originals`),
      db.raw(`count(*) filter (where outcome = 'erased' and extent <> 'originals')::int as erased`),
      db.raw(
        `count(*) filter (where outcome = 'erased' and extent = 'originals')::int as released`
      ),
      db.raw(`count(*) filter (where outcome = 'held')::int as held`),
      db.raw(`count(*) filter (where outcome = 'open')::int as open`),
      db.raw('coalesce(sum(pages), 0)::int as pages')
    )
    .firstOrFail()
}
