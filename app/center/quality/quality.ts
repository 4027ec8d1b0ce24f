import db from '@adonisjs/lucid/services/db'
import { kindOf } from '#app/catalog/field_values'
import type { Text } from '#app/catalog/description'
import { errorRate, type ErrorRate } from '#app/core/error_rate'

/** Days that figures of quality look back on. */
const DAYS = 90
/** People see their own figures so many days before anybody else does. */
export const OWN_FIRST_DAYS = 7

/** Values of a service that were handed over and keyed again: how many were wrong, and how many aren't decided yet. */
export interface ServiceQuality {
  name: Text
  slug: string
  rate: ErrorRate
  undecided: number
}

/** Decides of a field that was keyed again, from the row `f` and its correction `c`: whether the value that stood was wrong, or the keyer. */
const VALUE_WRONG = `f.differs and c.state = 'done'`
const KEYER_WRONG = `f.differs and c.state = 'kept' and c.decided_by is not null`
const UNDECIDED = `f.differs and (c.state is null or c.state = 'open')`
/** Erased before anybody decided: it says nothing. */
const DROPPED = `coalesce(f.differs and c.state = 'kept' and c.decided_by is null, false)`
/** A value that two people agreed on, or somebody decided: of these it is known what is right. */
const KNOWN = `f.basis in ('agreed', 'adjudicated')`

/** Counts by service how often what was handed over was wrong; the newest of its names. */
export async function qualityOfServices(): Promise<ServiceQuality[]> {
  const { rows } = await db.rawQuery<{
    rows: { slug: string; name: Text; fields: number; wrong: number; undecided: number }[]
  }>(
    `select s.slug, newest.name, counted.fields, counted.wrong, counted.undecided
     from (select r.service_id, count(*) filter (where not (${UNDECIDED}))::int as fields,
             count(*) filter (where ${VALUE_WRONG})::int as wrong, count(*) filter (where ${UNDECIDED})::int as undecided
           from rechecks r join recheck_fields f on f.recheck_id = r.id left join corrections c on c.id = f.correction_id
           where r.keyed_at > now() - interval '${DAYS} days' and not ${DROPPED}
           group by r.service_id) as counted
     join services s on s.id = counted.service_id
     cross join lateral (select description->'name' as name from service_versions v where v.service_id = s.id
       order by number desc limit 1) as newest
     order by s.slug`
  )
  return rows.map(({ slug, name, fields, wrong, undecided }) => ({
    slug,
    name,
    undecided,
    rate: errorRate(fields, wrong),
  }))
}

/** Somebody's accuracy at a kind of field: of what is known, how much they keyed otherwise. */
export interface KindAccuracy {
  kind: string
  label: string
  rate: ErrorRate
  /** what is offered to them for it */
  offer: 'practice' | 'more' | null
}

/** Counts by kind of field how often somebody keyed otherwise what is known. Their own figures alone. */
export async function accuracyOf(userId: string): Promise<KindAccuracy[]> {
  const { rows } = await db.rawQuery<{ rows: { kind: string; fields: number; wrong: number }[] }>(
    `select f.kind, count(*)::int as fields, count(*) filter (where ${KEYER_WRONG})::int as wrong
     from rechecks r join recheck_fields f on f.recheck_id = r.id left join corrections c on c.id = f.correction_id
     where r.user_id = :user and r.keyed_at > now() - interval '${DAYS} days' and ${KNOWN} and not (${UNDECIDED}) and not ${DROPPED}
     group by f.kind order by f.kind`,
    { user: userId }
  )
  return rows.map(({ kind, fields, wrong }) => {
    const rate = errorRate(fields, wrong)
    return { kind, label: kindOf({ kind }).label, rate, offer: offerFor(rate) }
  })
}

/** Per cent of errors that are surely more than usual, and surely few. */
const MANY = 5
const FEW = 2

/** Offers practice where errors are surely many, other work where they are surely few; nothing while it isn't known. */
export function offerFor({ fields, from, to }: ErrorRate): KindAccuracy['offer'] {
  if (fields > 0 && from > MANY) return 'practice'
  return fields > 0 && to < FEW ? 'more' : null
}

/** Somebody's accuracy in all that they keyed, as a leader reads it. */
export interface PersonAccuracy {
  id: string
  name: string
  rate: ErrorRate
  offer: KindAccuracy['offer']
}

/** Counts by person how often they keyed otherwise what is known; what they themselves haven't had time to see isn't in it. */
export async function accuracyOfPeople(): Promise<PersonAccuracy[]> {
  const { rows } = await db.rawQuery<{
    rows: { id: string; name: string; fields: number; wrong: number }[]
  }>(
    `select u.id, u.display_name as name, count(*)::int as fields, count(*) filter (where ${KEYER_WRONG})::int as wrong
     from rechecks r join recheck_fields f on f.recheck_id = r.id left join corrections c on c.id = f.correction_id
     join users u on u.id = r.user_id
     where r.keyed_at > now() - interval '${DAYS} days' and r.keyed_at < now() - interval '${OWN_FIRST_DAYS} days'
       and ${KNOWN} and not (${UNDECIDED}) and not ${DROPPED}
     group by u.id, u.display_name order by u.display_name`
  )
  return rows.map(({ id, name, fields, wrong }) => {
    const rate = errorRate(fields, wrong)
    return { id, name, rate, offer: offerFor(rate) }
  })
}
