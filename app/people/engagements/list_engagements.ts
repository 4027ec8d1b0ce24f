import db from '@adonisjs/lucid/services/db'
import {
  concernsOf,
  CONTRACT_SOON_DAYS,
  NDA_SOON_DAYS,
  SOON_DAYS,
  TRAINING_DAYS,
  type Concern,
  type Ends,
} from '#app/people/engagements/engagement'
import { today } from '#app/core/clock'
import type { Sorting } from '#app/core/sorting'
import { addDays } from '#app/core/japanese_calendar'

export interface RegisterRow {
  id: string
  login: string
  name: string
  sites: ('center' | 'home')[]
  region: string | null
  kind: string | null
  starts_on: string | null
  ends_on: string | null
  nda_until: string | null
  trained_on: string | null
  /** `skill (until)` */
  skills: string[]
  /** the first to end */
  qualification_until: string | null
  consent_until: string | null
}

/** The day on which the first qualification of a person ends. */
const QUALIFICATION = `(select min(q.valid_until) from qualifications q where q.user_id = u.id)`
/** The same of clients' consents that name them, of those that hold on a day. */
const consentEnd = `(select min(c.until) from consents c join consent_people p on p.consent_id = c.id
  where p.user_id = u.id and c.ended_at is null and c.until >= ?)`

/** The columns by which the register sorts. */
export const REGISTER_COLUMNS = {
  name: 'u.display_name',
  ends_on: 'g.ends_on',
  nda_until: 'g.nda_until',
}
const BY_NAME = { column: REGISTER_COLUMNS.name, direction: 'asc' } as const

/**
 * People of the center who work here now, with their terms; or only those about whom there is something to see to. Who
 * has nothing in a column comes last, from either end.
 */
export function register(
  onlyConcerns: boolean,
  { column, direction }: Pick<Sorting, 'column' | 'direction'> = BY_NAME
) {
  const day = today()
  return db
    .from('users as u')
    .join('organizations as o', 'o.id', 'u.organization_id')
    .leftJoin('engagements as g', 'g.user_id', 'u.id')
    .where('o.kind', 'center')
    .whereNull('u.left_at')
    .if(onlyConcerns, (query) =>
      query.where((either) =>
        either
          .whereNull('g.nda_until')
          .orWhere('g.nda_until', '<=', addDays(day, NDA_SOON_DAYS))
          .orWhere('g.ends_on', '<=', addDays(day, CONTRACT_SOON_DAYS))
          .orWhereNull('g.trained_on')
          .orWhere('g.trained_on', '<', addDays(day, -TRAINING_DAYS))
          .orWhereRaw(`${QUALIFICATION} <= ?`, [addDays(day, SOON_DAYS)])
          .orWhereRaw(`${consentEnd} <= ?`, [day, addDays(day, SOON_DAYS)])
      )
    )
    .orderByRaw(`${column} ${direction} nulls last`)
    .orderBy('u.id', direction)
    .select(
      'u.id',
      'u.login',
      'u.display_name as name',
      'u.sites',
      'g.region',
      'g.kind',
      'g.starts_on',
      'g.ends_on',
      'g.nda_until',
      'g.trained_on',
      db.raw(
        `array(select q.skill || coalesce(' (' || q.valid_until || ')', '') from qualifications q where q.user_id = u.id order by q.skill) as skills`
      ),
      db.raw(`${QUALIFICATION} as qualification_until`),
      db.raw(`${consentEnd} as consent_until`, [day])
    )
}

/** Lists what there is to see to about a row. */
export function concernsIn(row: RegisterRow): Concern[] {
  return concernsOf(
    row.kind === null
      ? null
      : {
          startsOn: row.starts_on!,
          endsOn: row.ends_on,
          ndaUntil: row.nda_until,
          trainedOn: row.trained_on,
        },
    { today: today(), qualificationUntil: row.qualification_until, consentUntil: row.consent_until }
  )
}

/** Counts people about whose terms there is something to see to. */
export async function countConcerns(): Promise<number> {
  const [{ count }] = await register(true).clearSelect().clearOrder().count('* as count')
  return Number(count)
}

/** Tells on which days something of somebody ends. */
export async function endsOf(userId: string): Promise<Ends> {
  const row: Pick<RegisterRow, 'qualification_until' | 'consent_until'> = await db
    .from('users as u')
    .where('u.id', userId)
    .select(
      db.raw(`${QUALIFICATION} as qualification_until`),
      db.raw(`${consentEnd} as consent_until`, [today()])
    )
    .firstOrFail()
  return {
    today: today(),
    qualificationUntil: row.qualification_until,
    consentUntil: row.consent_until,
  }
}

/** Lists the skills that anybody has, by name. */
export async function skillsKnown(): Promise<string[]> {
  const rows: { skill: string }[] = await db
    .from('qualifications')
    .distinct('skill')
    .orderBy('skill')
  return rows.map(({ skill }) => skill)
}

/** Lists somebody's skills and qualifications by name, each with its last day where it has one. */
export async function qualificationsOf(
  userId: string
): Promise<{ skill: string; valid_until: string | null; isOver: boolean }[]> {
  const rows: { skill: string; valid_until: string | null }[] = await db
    .from('qualifications')
    .where('user_id', userId)
    .orderBy('skill')
    .select('skill', 'valid_until')
  return rows.map((row) => ({
    ...row,
    isOver: row.valid_until !== null && row.valid_until < today(),
  }))
}
