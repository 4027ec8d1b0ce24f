import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import type Lesson from '#app/desk/lessons/lesson'
import { lessonPersonSealContext, type LessonPerson } from '#app/desk/lessons/lesson'
import LessonPlace from '#app/desk/lessons/lesson_place'
import { newId } from '#app/core/ids'
import { blindIndex, blindIndexes, createSealer, openLivingSealers } from '#app/core/sealing'
import { transition } from '#app/core/transition'

const TOKEN_PURPOSE = 'lesson:person'
const identity = ({ kana, phone }: Pick<LessonPerson, 'kana' | 'phone'>) => `${kana}:${phone}`

/** Tokens that places of somebody bear, under all current keys. */
export function lessonTokens(person: Pick<LessonPerson, 'kana' | 'phone'>): string[] {
  return blindIndexes(identity(person), TOKEN_PURPOSE)
}

export type Enrolled = { ok: true } | { ok: false; reason: 'full' | 'already' }

/** Gives somebody a place of a lesson. The lesson's row decides whether there is one. */
export async function enroll(user: User, lesson: Lesson, person: LessonPerson): Promise<Enrolled> {
  return transition(async (t) => {
    const [taken] = await t.trx
      .from('lessons')
      .where('id', lesson.id)
      .whereRaw('taken < capacity')
      .update({ taken: t.trx.raw('taken + 1') })
      .returning(['id'])
    if (!taken) return { ok: false, reason: 'full' }
    const sealer = await createSealer(t.trx, 'lesson_place')
    const id = newId()
    const inserted: { id: string }[] = await t.trx
      .knexQuery()
      .insert({
        id,
        lesson_id: lesson.id,
        data_key_id: sealer.dataKeyId,
        person: sealer.sealJson(lessonPersonSealContext(id), person),
        person_token: blindIndex(identity(person), TOKEN_PURPOSE),
        by_user_id: user.id,
      })
      .into('lesson_places')
      .onConflict()
      .ignore()
      .returning('id')
    if (inserted.length === 0) {
      await t.trx
        .from('lessons')
        .where('id', lesson.id)
        .update({ taken: t.trx.raw('taken - 1') })
      return { ok: false, reason: 'already' }
    }
    t.recordOnly({
      verb: 'lesson.enrolled',
      subject: { type: 'lesson', id: lesson.id },
      clientId: lesson.clientId,
      actorId: user.id,
    })
    return { ok: true }
  })
}

/** Marks who came and who didn't, or gives a place back. */
export async function markPlace(
  user: User,
  lesson: Lesson,
  placeId: string,
  state: 'attended' | 'absent' | 'canceled'
): Promise<void> {
  await transition(async (t) => {
    const place = await LessonPlace.query({ client: t.trx })
      .where({ id: placeId, lessonId: lesson.id })
      .first()
    if (place && (await LessonPlace.mark(t, place.id, state, user.id)) && state === 'canceled')
      await t.trx
        .from('lessons')
        .where('id', lesson.id)
        .update({ taken: t.trx.raw('taken - 1') })
  })
}

export interface Attendee extends LessonPerson {
  id: string
  state: 'booked' | 'attended' | 'absent'
}

/** Lists who has a place, by name. */
export async function attendeesOf(lesson: Lesson): Promise<Attendee[]> {
  const rows: { id: string; data_key_id: string; person: Buffer; state: Attendee['state'] }[] =
    await db
      .from('lesson_places')
      .where('lesson_id', lesson.id)
      .whereNot('state', 'canceled')
      .select('id', 'data_key_id', 'person', 'state')
  const sealers = await openLivingSealers(rows.map((row) => row.data_key_id))
  return rows
    .flatMap((row) => {
      const sealer = sealers.get(row.data_key_id)
      if (!sealer) return []
      const person = sealer.openJson<LessonPerson>(lessonPersonSealContext(row.id), row.person)
      return [{ id: row.id, state: row.state, ...person }]
    })
    .sort((a, b) => a.kana.localeCompare(b.kana, 'ja'))
}
