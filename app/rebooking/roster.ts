import db from '@adonisjs/lucid/services/db'
import type Calendar from '#app/bookings/calendar'
import { onRoster } from '#app/catalog/on_roster'
import { slotsOf } from '#app/handover/connectors'
import type { Text } from '#app/catalog/description'
import type User from '#app/people/user'
import { frozenVersion } from '#app/catalog/frozen_version'
import { show } from '#app/catalog/field_values'
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
  /** what else the service wants to be known there */
  notes: string
  /** what whoever prepares for it must not overlook: a wheelchair */
  marked: Text | null
  /** what the connector says of it: a ride's stops and seats */
  of: string
}

interface Booked {
  id: string
  submission_id: string
  time: string
  places: number
}

/** Lists who comes on a day, in the order of their times, as far as somebody may know it. */
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
  const people = new Map(submissions.map((submission) => [submission.id, submission]))
  const roster: RosterRow[] = []
  for (const row of rows) {
    const submission = people.get(row.submission_id)
    if (!submission) continue
    const version = await frozenVersion(submission.serviceVersionId)
    const { description, fields } = version
    // Of protected people a time and a receipt number: named staff know the rest.
    const hidden = submission.protected && !user.seesProtected
    const value = hidden ? () => '' : valueIn(values.get(submission.id))
    const { person } = description
    const { notes, marked } = onRoster(description, value)
    const wants = fields.find((field) => field.key === person.wants)
    roster.push({
      bookingId: row.id,
      time: row.time,
      receipt: submission.receipt,
      kana: value(person.kana),
      birthDate: isRealDate(value(person.birthDate)) ? eraDate(value(person.birthDate)) : '',
      wants: wants ? show(wants, value(wants.key)).replace(/\s*\([^)]*\)/g, '') : '',
      notes,
      marked,
      of: await slotsOf(version).onRoster({ submission, version, value }, row.places, db),
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
