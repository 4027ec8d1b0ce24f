import { LessonSchema } from '#database/schema'

/** A lesson 講座 with places. */
export default class Lesson extends LessonSchema {}

/** The person who has a place: a name in kana and a phone number, or none. */
export interface LessonPerson {
  kana: string
  phone: string
}

/** Names the place that a person's sealed facts are bound to. */
export const lessonPersonSealContext = (id: string) => `lesson_places.person:${id}`
