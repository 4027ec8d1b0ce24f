import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { apportion } from '#app/bookings/apportion'
import Calendar, { DOORS, type Door } from '#app/bookings/calendar'
import { takePlace } from '#app/bookings/take_place'
import Service from '#app/catalog/service'
import { Random } from '#app/core/random'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { addDays } from '#app/core/japanese_calendar'
import { Clerk, givenPeople, type Waiting } from '#bench/clerks'
import { findProgram } from '#bench/processes'
import { report } from '#bench/report'

const SEED = 20_261_210
const CLERKS = 200
const ATTEMPTS = 100_000
const PLACES = { days: 25, slots: 20, capacity: 10 }
const SHARES: Record<Door, number> = { web: 0, phone: 40, counter: 60, paper: 0 }
/** Somebody more than there are places: the last ones find nothing. */
const PEOPLE = { counter: 3_200, phone: 2_200 }
const CONNECTIONS = 20
const BARE_ATTEMPTS = 20_000

const SURGE = { requests: 80_000, days: 19, slots: 10, capacity: 10 }
const SURGE_SHARES: Record<Door, number> = { web: 50, phone: 25, counter: 15, paper: 10 }
const SURGE_DEMAND: Record<Door, number> = { web: 82, phone: 12, counter: 4, paper: 2 }

const KILLS = 50
const KILL_CLERKS = 20

/** 200 clerks over HTTP on 5,000 places; a surge through four doors; web and worker killed at 50 points. */
export async function benchBookings(): Promise<void> {
  const random = new Random(SEED)
  await race(random)
  await surge(random)
  await kills(random)
}

async function race(random: Random): Promise<void> {
  const bare = await bareSql(random)
  const slots = await lay(PLACES, SHARES)
  const queues = {
    counter: await givenPeople(PEOPLE.counter, 'counter'),
    phone: await givenPeople(PEOPLE.phone, 'phone'),
  }
  const clerks = await Promise.all(Array.from({ length: CLERKS }, () => Clerk.login()))
  let attempts = 0
  const began = performance.now()
  await Promise.all(
    clerks.map(async (clerk, index) => {
      const queue = queues[index % 5 < 3 ? 'counter' : 'phone']
      let person = queue.pop()
      while (person && attempts < ATTEMPTS) {
        attempts++
        if (await book(clerk, person, random.pick(slots))) person = queue.pop() ?? person
      }
    })
  )
  const seconds = (performance.now() - began) / 1000
  const seen = await faults()
  report('bookings', { name: 'attempts', value: attempts, unit: '' })
  report('bookings', { name: 'booked', value: seen.booked, unit: 'places' })
  report(
    'bookings',
    { name: 'attempts_per_second', value: attempts / seconds, unit: '1/s' },
    { name: 'bare SQL of the same insert', value: bare, moreIsBetter: true }
  )
  report('bookings', { name: 'overbooked', value: seen.overbooked, unit: 'slots' })
  report('bookings', { name: 'double_booked', value: seen.doubleBooked, unit: 'people' })
  report('bookings', { name: 'share_violations', value: seen.shareViolations, unit: 'shares' })
}

/** Holds a place and, when it was there, reads back and books. */
async function book(clerk: Clerk, person: Waiting, slotId: string): Promise<boolean> {
  const visit = `/desk/visits/${person.visitId}`
  if ((await clerk.post(`${visit}/hold`, { slot_id: slotId })) !== 201) return false
  return (await clerk.post(`${visit}/booking`)) === 201
}

/** The same insert without HTTP, session, sealing and events, from as many connections as a server has. */
async function bareSql(random: Random): Promise<number> {
  const slots = await lay(PLACES, SHARES)
  const [anybody] = await givenPeople(1, 'counter')
  let attempts = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (attempts < BARE_ATTEMPTS) {
        attempts++
        await take(anybody, random.pick(slots), random.chance(0.6) ? 'counter' : 'phone')
      }
    })
  )
  return attempts / ((performance.now() - began) / 1000)
}

async function take(anybody: Waiting, slotId: string, door: Door): Promise<boolean> {
  const service = await vaccination()
  const taken = await db.transaction((trx) =>
    takePlace(
      trx,
      {
        slotId,
        serviceId: service.id,
        clientId: service.clientId,
        submissionId: anybody.submissionId,
        party: newId(),
        person: newId(),
        dose: 'bench',
        door,
        places: 1,
        legs: null,
        numberToken: null,
      },
      { state: 'held', minutes: 60 }
    )
  )
  return taken.ok
}

let service: Service | undefined

async function vaccination(): Promise<Service> {
  return (service ??= await Service.findByOrFail('slug', 'vaccination'))
}

/** 80,000 requests, most of them through the fastest door: each door's share in the places beside that in demand. */
async function surge(random: Random): Promise<void> {
  const slots = await lay(SURGE, SURGE_SHARES)
  const [anybody] = await givenPeople(1, 'counter')
  const wheel = DOORS.flatMap((door) => Array.from({ length: SURGE_DEMAND[door] }, () => door))
  let requests = 0
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (requests < SURGE.requests) {
        requests++
        await take(anybody, random.pick(slots), random.pick(wheel))
      }
    })
  )
  const rows: { door: Door; count: number }[] = await db
    .from('bookings')
    .where({ dose: 'bench', state: 'held' })
    .groupBy('door')
    .select('door', db.raw('count(*)::int as count'))
  const all = rows.reduce((sum, row) => sum + row.count, 0)
  report('bookings', { name: 'surge_places_taken', value: all, unit: 'places' })
  for (const door of DOORS) {
    const got = rows.find((row) => row.door === door)?.count ?? 0
    console.log(
      JSON.stringify({
        bench: 'bookings',
        name: `surge_${door}`,
        places_percent: Math.round((1000 * got) / all) / 10,
        share_percent: SURGE_SHARES[door],
        demand_percent: SURGE_DEMAND[door],
      })
    )
  }
}

/** Clerks go on booking while web or worker is killed again and again; then everything must add up. */
async function kills(random: Random): Promise<void> {
  const slots = await lay(PLACES, SHARES)
  const people = await givenPeople(2_000, 'counter')
  const clerks = await Promise.all(Array.from({ length: KILL_CLERKS }, () => Clerk.login()))
  let going = true
  const work = Promise.all(
    clerks.map(async (clerk) => {
      for (let person = people.pop(); going && person; person = people.pop()) {
        for (let tries = 0; tries < 3; tries++)
          if (await book(clerk, person, random.pick(slots))) break
          else await sleep(50)
      }
    })
  )
  let killed = 0
  while (killed < KILLS) {
    await sleep(random.between(100, 1500))
    const victim = findProgram(random.chance(0.5) ? 'bin/server.ts' : 'bin/worker.ts')
    if (!victim) continue
    process.kill(victim.pid, 'SIGKILL')
    killed++
  }
  going = false
  await work
  while (!findProgram('bin/worker.ts')) await sleep(200)
  const left = await db.from('bookings').where('state', 'held').count('* as count').firstOrFail()
  // The holds that the dead left behind run out now, and the worker that came back must find them.
  await db
    .from('bookings')
    .where('state', 'held')
    .update({ held_until: db.raw(`now() - interval '1 second'`) })
  await sleep(20_000)
  const seen = await faults()
  const { rows } = await db.rawQuery<{
    rows: { orphans: number; held: number; miscounted: number }[]
  }>(
    `select
       (select count(*)::int from bookings b where b.state = 'booked' and not exists (
          select 1 from submissions s join revisions r on r.submission_id = s.id join handovers h on h.revision_id = r.id
          where s.id = b.submission_id and h.id = b.handover_id and s.state <> 'collecting')) as orphans,
       (select count(*)::int from bookings where state = 'held' and held_until <= now()) as held,
       (select count(*)::int from (select s.id from slots s left join bookings b on b.slot_id = s.id and b.state <> 'canceled'
          group by s.id having s.taken <> coalesce(sum(b.weight), 0)) wrong) as miscounted`
  )
  report('bookings', { name: 'kills', value: killed, unit: '' })
  report('bookings', { name: 'booked_meanwhile', value: seen.booked, unit: 'places' })
  report('bookings', { name: 'holds_left_by_the_dead', value: Number(left.count), unit: '' })
  report('bookings', { name: 'bookings_without_submission', value: rows[0].orphans, unit: '' })
  report('bookings', { name: 'booked_twice', value: seen.doubleBooked, unit: '' })
  report('bookings', { name: 'holds_beyond_their_time', value: rows[0].held, unit: '' })
  report('bookings', { name: 'slots_miscounted', value: rows[0].miscounted, unit: '' })
}

/** Clears the health center's calendar and lays so many days, slots and places, shared by the doors; the slots' ids. */
async function lay(
  { days, slots, capacity }: { days: number; slots: number; capacity: number },
  shares: Record<Door, number>
): Promise<string[]> {
  const calendar = await Calendar.findByOrFail('slug', 'health-center')
  await db.connection('owner').rawQuery('truncate bookings, waiting_list, coupons cascade')
  await db.from('quotas').where('calendar_id', calendar.id).delete()
  await db.from('slots').where('calendar_id', calendar.id).delete()
  const rows = Array.from({ length: days }, (_, index) => addDays(today(), index + 2)).flatMap(
    (day) =>
      Array.from({ length: slots }, (_, index) => ({
        id: newId(),
        calendar_id: calendar.id,
        starts_at: `${day}T${String(8 + Math.floor(index / 4)).padStart(2, '0')}:${String((index % 4) * 15).padStart(2, '0')}:00`,
        capacity,
      }))
  )
  await db.table('slots').multiInsert(rows)
  const parts = apportion(
    slots * capacity,
    DOORS.map((door) => shares[door])
  )
  await db
    .table('quotas')
    .multiInsert(
      [...new Set(rows.map((row) => row.starts_at.slice(0, 10)))].flatMap((day) =>
        DOORS.map((door, index) => ({ calendar_id: calendar.id, day, door, places: parts[index] }))
      )
    )
  return rows.map((row) => row.id)
}

/** Counted from the bookings themselves, not from the counters that guard them. */
async function faults() {
  const { rows } = await db.rawQuery<{
    rows: {
      booked: number
      overbooked: number
      doubleBooked: number
      shareViolations: number
    }[]
  }>(
    `select
       (select count(*)::int from bookings where state = 'booked') as booked,
       (select count(*)::int from (select 1 from bookings b join slots s on s.id = b.slot_id where b.state <> 'canceled'
          group by s.id having sum(b.places) > s.capacity) over_full) as overbooked,
       (select count(*)::int from (select 1 from bookings where state <> 'canceled' group by person, service_id, dose having count(*) > 1) twice) as "doubleBooked",
       (select count(*)::int from (select 1 from bookings b join slots s on s.id = b.slot_id
          join quotas q on q.calendar_id = s.calendar_id and q.day = s.starts_at::date and q.door = b.door
          where b.state <> 'canceled' group by q.calendar_id, q.day, q.door, q.places having sum(b.places) > q.places) beyond) as "shareViolations"`
  )
  return rows[0]
}
