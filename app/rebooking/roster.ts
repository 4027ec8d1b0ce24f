import db from '@adonisjs/lucid/services/db'
import type Calendar from '#app/bookings/calendar'
import { stopNames } from '#app/bookings/stops'
import type User from '#app/people/user'
import { frozenVersion } from '#app/catalog/frozen_version'
import { show } from '#app/catalog/kinds'
import { latestValuesOf, valueIn } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { eraDate, isRealDate, spokenTime, weekdayKanji } from '#app/core/japanese_calendar'
import { typeset } from '#app/core/typesetter'

export interface RosterRow {
  bookingId: string
  /** HH:MM */
  time: string
  receipt: string
  kana: string
  birthDate: string
  wants: string
  companion: string
  wheelchair: boolean
  /** rides: from where to where, and how many */
  ride: string
}

interface Booked {
  id: string
  submission_id: string
  time: string
  places: number
}

/** Who comes on a day, in the order of their times, as far as somebody may know it. */
export async function rosterOf(user: User, calendar: Calendar, day: string): Promise<RosterRow[]> {
  const { rows }: { rows: Booked[] } = await db.rawQuery(
    `select b.id, b.submission_id, b.places,
       to_char(s.starts_at + make_interval(mins => coalesce(b.from_leg, 0) * :minutes), 'HH24:MI') as time
     from bookings b join slots s on s.id = b.slot_id
     where s.calendar_id = :calendar and s.starts_at::date = cast(:day as date) and b.state = 'booked'
     order by time, b.created_at`,
    { calendar: calendar.id, day, minutes: calendar.rules.minutesBetweenStops ?? 0 }
  )
  const submissions = await Submission.query()
    .whereIn(
      'id',
      rows.map((row) => row.submission_id)
    )
    .whereNot('state', 'erased')
  const values = await latestValuesOf(submissions)
  const stops = await stopNames(calendar.clientId)
  const people = new Map(submissions.map((submission) => [submission.id, submission]))
  const roster: RosterRow[] = []
  for (const row of rows) {
    const submission = people.get(row.submission_id)
    if (!submission) continue
    const { description, fields } = await frozenVersion(submission.serviceVersionId)
    // Of protected people a time and a receipt number: named staff know the rest.
    const hidden = submission.protected && !user.seesProtected
    const value = hidden ? () => '' : valueIn(values.get(submission.id))
    const { person, handover } = description
    const companion = fields.find((field) => field.key === 'companion')
    const wants = fields.find((field) => field.key === person.wants)
    const stop = (field: string) => `${value(field)} ${stops.get(Number(value(field))) ?? ''}`
    roster.push({
      bookingId: row.id,
      time: row.time,
      receipt: submission.receipt,
      kana: value(person.kana),
      birthDate: isRealDate(value(person.birthDate)) ? eraDate(value(person.birthDate)) : '',
      wants: wants ? show(wants, value(wants.key)).replace(/\s*\([^)]*\)/g, '') : '',
      companion: companion ? show(companion, value(companion.key)) : '',
      wheelchair: value('companion') === 'wheelchair',
      ride:
        handover.connector === 'ride'
          ? `${stop(handover.from)} → ${stop(handover.to)} (${row.places})`
          : '',
    })
  }
  return roster
}

/** The same on paper, for the desk of the place itself. */
export async function typesetRoster(
  calendar: Calendar,
  day: string,
  roster: RosterRow[]
): Promise<Buffer> {
  const { pdf } = await typeset('roster.typ', {
    title: `${calendar.name.ja} 名簿`,
    day: `${eraDate(day)}(${weekdayKanji(day)})`,
    rides: calendar.kind === 'rides',
    rows: roster.map((row) => ({ ...row, time: spokenTime(row.time) })),
  })
  return pdf
}
