import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import RegisterPerson, { nameOnMail } from '#app/registry/registered_person'
import type { StopKind } from '#app/registry/stop_kinds'
import { today } from '#app/core/clock'
import { openLivingSealers } from '#app/core/sealing'

const MAX = 100

export interface RegisterStop {
  name: string
  kind: StopKind
  until: string | null
}

/** People of the registers to whom nothing is sent; whose day has come first. Protected ones for named staff. */
export async function stoppedByRegister(user: User): Promise<RegisterStop[]> {
  const people = await RegisterPerson.query()
    .whereNotNull('stopKind')
    .where('state', 'eligible')
    .if(!user.worksForCenter, (query) => query.where('clientId', user.organizationId))
    .if(!user.seesProtected, (query) => query.whereNot('stopKind', 'protection'))
    .orderByRaw('stop_until nulls last')
    .orderBy('id')
    .limit(MAX)
  const sealers = await openLivingSealers(people.map((person) => person.dataKeyId))
  return people.flatMap((person) => {
    const sealer = sealers.get(person.dataKeyId)
    return sealer
      ? [
          {
            name: nameOnMail(person.open(sealer)),
            kind: person.stopKind as StopKind,
            until: person.stopUntil,
          },
        ]
      : []
  })
}

/** Counts protections whose day has passed: each goes on until somebody renews or ends it. */
export async function lapsedProtections(user: User): Promise<number> {
  if (!user.seesProtected) return 0
  const own = (table: string) => (user.worksForCenter ? '' : `and ${table}.client_id = :client`)
  const { rows }: { rows: { count: number }[] } = await db.rawQuery(
    `select ((select count(*) from contact_stops
        where kind = 'protection' and ended_at is null and until < :day ${own('contact_stops')})
      + (select count(*) from register_people
        where stop_kind = 'protection' and state = 'eligible' and stop_until < :day ${own('register_people')}))::int as count`,
    { day: today(), client: user.organizationId }
  )
  return rows[0].count
}

export interface ListedQuestion {
  id: string
  kind: 'same_person' | 'may_call'
  stop_kind: StopKind
  submission_id: string
  receipt: string
}

/** Whether a question is one that somebody may answer. */
export async function mayAnswer(user: User, questionId: string): Promise<boolean> {
  const known = await db
    .from('contact_questions')
    .where('id', questionId)
    .if(!user.worksForCenter, (query) => query.where('client_id', user.organizationId))
    .if(!user.seesProtected, (query) => query.whereNot('stop_kind', 'protection'))
    .select('id')
    .first()
  return known !== null
}

/** Questions that wait for an answer, the oldest first. About protected people named staff are asked. */
export function openQuestions(user: User): Promise<ListedQuestion[]> {
  return db
    .from('contact_questions')
    .join('submissions', 'submissions.id', 'contact_questions.submission_id')
    .whereNull('contact_questions.answer')
    .if(!user.worksForCenter, (query) =>
      query.where('contact_questions.client_id', user.organizationId)
    )
    .if(!user.seesProtected, (query) =>
      query
        .whereNot('contact_questions.stop_kind', 'protection')
        .where('submissions.protected', false)
    )
    .orderBy('contact_questions.created_at')
    .orderBy('contact_questions.id')
    .limit(MAX)
    .select(
      'contact_questions.id',
      'contact_questions.kind',
      'contact_questions.stop_kind',
      'contact_questions.submission_id',
      'submissions.receipt'
    )
}
