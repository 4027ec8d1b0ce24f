import db from '@adonisjs/lucid/services/db'
import type Lesson from '#app/desk/lessons/lesson'
import { centerOf } from '#app/people/center'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { PAGE_SIZE } from '#app/core/paging'

export interface LessonPlan {
  title: string
  place: string
  /** YYYY-MM-DD and HH:MM, Tokyo */
  day: string
  time: string
  minutes: number
  capacity: number
}

/** Adds a lesson; its id. */
export async function makeLesson({ day, time, ...plan }: LessonPlan): Promise<string> {
  const id = newId()
  await db.table('lessons').insert({
    id,
    client_id: await centerOf(),
    title: plan.title,
    place: plan.place,
    starts_at: `${day}T${time}:00`,
    minutes: plan.minutes,
    capacity: plan.capacity,
  })
  return id
}

/** Lessons from today on, the next one first. */
export function comingLessons(page: number) {
  return db
    .from('lessons')
    .where('starts_at', '>=', `${today()}T00:00`)
    .orderBy('starts_at')
    .orderBy('id')
    .select('*', db.raw(`to_char(starts_at, 'YYYY-MM-DD"T"HH24:MI') as at`))
    .paginate(page, PAGE_SIZE)
}

/** Tokyo day and time of a lesson. */
export function startOf(lesson: Lesson): Promise<{ day: string; time: string }> {
  return db
    .from('lessons')
    .where('id', lesson.id)
    .select(
      db.raw(`to_char(starts_at, 'YYYY-MM-DD') as day`),
      db.raw(`to_char(starts_at, 'HH24:MI') as time`)
    )
    .firstOrFail()
}
