import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { daysOf } from '#app/tasks/log/month_log'
import { csvFile } from '#app/core/csv_file'
import { transition } from '#app/core/transition'

/** Writes what everybody of the center worked in a month, day by day (CSV, UTF-8); that it was taken is kept. */
export async function monthTable(
  user: User,
  month: string,
  words: (key: string) => string
): Promise<Buffer> {
  const people: { id: string; login: string; display_name: string }[] = await db
    .from('users')
    .where('organization_id', user.organizationId)
    .orderBy('display_name')
    .select('id', 'login', 'display_name')
  const days = await daysOf(
    month,
    people.map(({ id }) => id)
  )
  await transition(async (t) => {
    t.recordOnly({
      verb: 'activity_span.exported',
      subject: { type: 'user', id: user.id },
      actorId: user.id,
      detail: { month },
    })
  })
  const headings = ['login', 'name', 'day', 'tasks', 'minutes', 'typed', 'waiting'].map(words)
  const rows = people.flatMap(({ id, login, display_name: name }) =>
    (days.get(id) ?? []).map((day) => [
      login,
      name,
      day.day,
      String(day.tasks),
      String(day.minutes),
      String(day.typed),
      String(day.asked),
    ])
  )
  return csvFile([headings, ...rows], 'utf8').file
}
