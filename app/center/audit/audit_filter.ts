import vine from '@vinejs/vine'
import { validate as isUuid } from 'uuid'
import db from '@adonisjs/lucid/services/db'
import Submission from '#app/submissions/submission'
import { visibleTo } from '#app/people/client_scope'
import { peopleOf } from '#app/people/members/people_of'
import type User from '#app/people/user'
import Person from '#app/people/user'
import { today } from '#app/core/clock'
import { addDays, isRealDate } from '#app/core/japanese_calendar'

/** The days that are shown where nobody says which. */
const USUAL_DAYS = 7

export interface AuditFilter {
  actorId: string | null
  submissionId: string | null
  /** id of a record that isn't a request */
  recordId: string | null
  kind: string | null
  /** YYYY-MM-DD, both included; null: of all days */
  from: string | null
  to: string | null
}

export interface TypedFilter {
  who: string
  receipt: string
  record: string
  kind: string
  from: string
  to: string
  /** events before this sequence */
  before: number | null
}

const text = (max: number) => vine.string().trim().maxLength(max).nullable().optional()
const filterValidator = vine.create({
  who: text(60),
  receipt: text(20),
  record: text(40),
  kind: text(40),
  from: text(10),
  to: text(10),
  before: vine.number().withoutDecimals().positive().nullable().optional(),
})

/**
 * Reads the filter of the audit. Of one person or one resident all days are shown; of everybody the last ones.
 * @returns the key of what is wrong, where something is
 */
export async function readFilter(
  user: User,
  query: Record<string, unknown>
): Promise<{ typed: TypedFilter; filter: AuditFilter; problem: string | null }> {
  const [, input] = await filterValidator.tryValidate(query)
  const typed: TypedFilter = {
    who: input?.who ?? '',
    receipt: input?.receipt ?? '',
    record: input?.record ?? '',
    kind: input?.kind ?? '',
    from: input?.from ?? '',
    to: input?.to ?? '',
    before: input?.before ?? null,
  }
  const actor = typed.who ? await actorCalled(typed.who, user) : null
  const submission = typed.receipt
    ? await visibleTo(Submission.query(), user).where('receipt', typed.receipt).first()
    : null
  if (!typed.who && !typed.receipt && !typed.record && !typed.from)
    typed.from = addDays(today(), -USUAL_DAYS + 1)
  const filter: AuditFilter = {
    actorId: actor?.id ?? null,
    submissionId: submission?.id ?? null,
    recordId: isUuid(typed.record) ? typed.record : null,
    kind: typed.kind || null,
    from: typed.from || null,
    to: typed.to || null,
  }
  const days = [typed.from, typed.to].filter(Boolean)
  if (typed.who && !actor) return { typed, filter, problem: 'audit.unknown_person' }
  if (typed.receipt && !submission) return { typed, filter, problem: 'audit.unknown_receipt' }
  if (typed.record && !isUuid(typed.record))
    return { typed, filter, problem: 'audit.unknown_record' }
  if (!days.every(isRealDate)) return { typed, filter, problem: 'audit.bad_days' }
  return { typed, filter, problem: null }
}

/** Finds somebody by login: of one's own people, or who has done or seen something of one's own. */
async function actorCalled(login: string, user: User): Promise<User | null> {
  const own = await peopleOf(user).where('login', login).first()
  if (own) return own
  const other = await Person.findBy('login', login)
  const was =
    other &&
    (await db
      .from('events')
      .where({ actor_id: other.id, client_id: user.organizationId })
      .select('sequence')
      .first())
  return was ? other : null
}

/** Lists the kinds of records that the history tells of. Found by hopping from one to the next along the index. */
export async function kindsOfEvents(): Promise<string[]> {
  const { rows } = await db.rawQuery<{ rows: { kind: string }[] }>(
    `with recursive kinds as (
       (select subject_type as kind from events order by subject_type limit 1)
       union all
       select (select subject_type from events where subject_type > kind order by subject_type limit 1) from kinds where kind is not null
     ) select kind from kinds where kind is not null`
  )
  return rows.map(({ kind }) => kind)
}
