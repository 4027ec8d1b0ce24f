import db from '@adonisjs/lucid/services/db'
import { bookLive } from '#app/desk/visits/book_live'
import { currentPerson } from '#app/desk/visits/current_person'
import { holdForVisit, type Held } from '#app/desk/visits/hold_place'
import { keepDetails } from '#app/desk/visits/keep_details'
import { openPersonOf } from '#app/desk/visits/open_person'
import { startVisit } from '#app/desk/visits/start_visit'
import type Visit from '#app/desk/visits/visit'
import { keepRequester } from '#app/desk/visits/requester'
import Service from '#app/catalog/service'
import { drainFlow } from '#app/flow/sweeper'
import type User from '#app/people/user'
import Submission from '#app/submissions/submission'
import { seedRegister } from '#database/seeders/demo'
import { person } from '#tests/support/given'

/** Holds a place for somebody whose visit is still open. @throws when nobody is being helped in it */
export async function holdPlace(user: User, submissionId: string, slotId: string): Promise<Held> {
  const { visitId } = await Submission.findOrFail(submissionId)
  const held = await holdForVisit(user, visitId!, slotId)
  if (!held) throw new Error('Nobody is being helped')
  return held
}

export interface LivePerson {
  visit: Visit
  submission: Submission
}

/** Describes 山田 はるゑ, with anything given differently. */
export function livePerson(given: Record<string, string> = {}): Record<string, string> {
  return {
    voucher_number: '1234567897',
    name_kana: 'ヤマダ ハルエ',
    name: '山田 はるゑ',
    birth_date: '1944-05-03',
    postcode: '3999903',
    address: '青嶺市大字上久保1234番地5',
    phone: '0263001234',
    ...given,
  }
}

/** A visit at which it is known who it is and what is wanted, but nothing is held yet. */
export async function givenVisit(
  given: Record<string, string> = {},
  channel: 'counter' | 'phone' = 'counter'
): Promise<LivePerson> {
  const desk = await person('madoguchi')
  const service = await Service.findByOrFail('slug', 'vaccination')
  const started = await startVisit(desk, { channel, serviceId: service.id })
  await keepRequester(desk, started, {
    askedBy: 'self',
    consent: false,
    serviceId: service.id,
    clientId: service.clientId,
  })
  const visit = await started.refresh()
  return { visit, submission: await givenPersonIn(visit, given) }
}

/** One more person in a visit. */
export async function givenPersonIn(
  visit: Visit,
  given: Record<string, string> = {}
): Promise<Submission> {
  const desk = await person('madoguchi')
  const submission = await openPersonOf(desk, visit, {
    values: livePerson(given),
    registered: true,
    complete: false,
  })
  const current = await currentPerson(visit)
  await keepDetails(desk, current!, { vaccines: 'influenza' })
  return submission.refresh()
}

/** Booked at the counter or on the phone, read back. */
export async function givenBooked(
  given: Record<string, string> = {},
  options: { channel?: 'counter' | 'phone'; slotId?: string } = {}
): Promise<LivePerson & { bookingId: string }> {
  const desk = await person('madoguchi')
  const { visit, submission } = await givenVisit(given, options.channel)
  const held = await holdPlace(desk, submission.id, options.slotId ?? (await someSlot()).id)
  if (!held.ok) throw new Error(`not held: ${held.reason}`)
  const booked = await bookLive(desk, submission.id)
  if (!booked.ok) throw new Error(`not booked: ${booked.reason}`)
  await drainFlow()
  return { visit, submission: await submission.refresh(), bookingId: held.bookingId }
}

export interface SlotRow {
  id: string
  calendar_id: string
  day: string
  at: string
  capacity: number
  taken: number
}

/** The n-th slot of a calendar, on a day far enough ahead for doors to have their shares. */
export async function someSlot(nth = 0, calendar = 'health-center'): Promise<SlotRow> {
  const rows: SlotRow[] = await db
    .from('slots')
    .join('calendars', 'calendars.id', 'slots.calendar_id')
    .where('calendars.slug', calendar)
    // Of a day from its beginning, whatever the hour is now.
    .whereRaw(
      `slots.starts_at >= date_trunc('day', now() at time zone 'Asia/Tokyo') + interval '16 days'`
    )
    .orderBy('slots.starts_at')
    .offset(nth)
    .limit(1)
    .select(
      'slots.*',
      db.raw(`to_char(slots.starts_at, 'YYYY-MM-DD') as day`),
      db.raw(`to_char(slots.starts_at, 'YYYY-MM-DD"T"HH24:MI') as at`)
    )
  return rows[0]
}

/** Sums of bookings and of counters agree: nothing was counted twice or forgotten. */
export async function miscounts(): Promise<unknown[]> {
  const { rows } = await db.rawQuery<{ rows: unknown[] }>(
    `select s.id, s.taken, coalesce(sum(b.weight), 0) as booked from slots s
       left join bookings b on b.slot_id = s.id and b.state <> 'canceled'
       group by s.id having s.taken <> coalesce(sum(b.weight), 0)
     union all
     select q.calendar_id, q.taken, coalesce(sum(b.places), 0) from quotas q
       left join slots s on s.calendar_id = q.calendar_id and s.starts_at::date = q.day
       left join bookings b on b.slot_id = s.id and b.door = q.door and b.state <> 'canceled'
       group by q.calendar_id, q.day, q.door, q.taken having q.taken <> coalesce(sum(b.places), 0)
     union all
     select l.slot_id, l.taken, coalesce(sum(b.places), 0) from legs l
       left join bookings b on b.slot_id = l.slot_id and b.state <> 'canceled' and l.number >= b.from_leg and l.number < b.to_leg
       group by l.slot_id, l.number, l.taken having l.taken <> coalesce(sum(b.places), 0)`
  )
  return rows
}

/** The demo city's register, brought in as its file is. */
export async function givenRegister(): Promise<void> {
  await seedRegister()
}
