import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Calendar from '#app/bookings/calendar'
import { typedFrom, type TypedCalendar } from '#app/bookings/calendars/calendar_form'
import { moveQuota } from '#app/bookings/quotas'
import { openAllSlots } from '#app/bookings/open_slots'
import { drainFlow } from '#app/flow/sweeper'
import { closeDay, moveClosedDays, reopenDay } from '#app/rebooking/close_day'
import { today } from '#app/core/clock'
import { addDays, weekday } from '#app/core/japanese_calendar'
import { givenBooked, miscounts, someSlot } from '#tests/support/given_live'
import { person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const NEW: TypedCalendar = {
  slug: 'seminar',
  name_ja: '研修室',
  name_en: '',
  day_1: 'yes',
  from_1: '9:00',
  to_1: '17:00',
  day_6: 'yes',
  from_6: '10:00',
  to_6: '12:00',
  every_minutes: '60',
  capacity: '4',
  open_days: '30',
}

/** A row of the form: a single day from ten to eleven. */
function single(row: number, day: string): TypedCalendar {
  return {
    [`single_day_${row}`]: day,
    [`single_from_${row}`]: '10:00',
    [`single_to_${row}`]: '11:00',
  }
}

/** Finds the first Sunday from some days on. */
function sundayFrom(days: number): string {
  const first = addDays(today(), days)
  return addDays(first, 7 - weekday(first))
}

const EVENLY = {
  shared: 'yes',
  share_web: '25',
  share_phone: '25',
  share_counter: '25',
  share_paper: '25',
}

async function bySlug(slug: string) {
  return Calendar.findByOrFail('slug', slug)
}

/** Posts a calendar's form with some of its fields changed. */
function change(visitor: Visitor, calendar: Calendar, fields: TypedCalendar) {
  return visitor.post(`/calendars/${calendar.id}`, { ...typedFrom(calendar), ...fields })
}

test.group('A calendar', (group) => {
  group.each.setup(reset)

  test('is made on a screen, with its own times on some weekdays', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    assert.include((await client.get('/calendars/new')).text, 'name="day_1"')
    const { location } = await client.post('/calendars', { ...NEW, kind: 'places' })
    const calendar = await bySlug('seminar')
    assert.equal(location, `/calendars/${calendar.id}`)
    assert.deepInclude(calendar.rules, {
      weekdays: [1, 6],
      from: '09:00',
      to: '17:00',
      hours: { 6: { from: '10:00', to: '12:00' } },
    })
    const [{ starts }] = await db
      .from('slots')
      .where('calendar_id', calendar.id)
      .select(db.raw(`array_agg(distinct to_char(starts_at, 'ID HH24:MI')) as starts`))
    assert.includeMembers(starts, ['1 09:00', '1 17:00', '6 10:00', '6 12:00'])
    assert.notInclude(starts, '6 09:00')
    const again = await client.post('/calendars', { ...NEW, kind: 'places' })
    assert.equal(again.status, 422)
    assert.include(again.text, 'もうあります')
  })

  test('has single days with hours and places of their own, whatever their weekday', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    // A Sunday, on which it is closed otherwise.
    const sunday = sundayFrom(8)
    const fields = { ...NEW, ...single(2, sunday), single_capacity_2: '9' }
    await client.post('/calendars', { ...fields, ...EVENLY, kind: 'places' })
    const calendar = await bySlug('seminar')
    assert.deepEqual(calendar.rules.days, { [sunday]: { from: '10:00', to: '11:00', capacity: 9 } })
    const onSunday = async () =>
      db
        .from('slots')
        .where('calendar_id', calendar.id)
        .whereRaw('starts_at::date = cast(? as date)', [sunday])
        .orderBy('starts_at')
        .select(db.raw(`to_char(starts_at, 'HH24:MI') as time`), 'capacity')
    assert.deepEqual(await onSunday(), [
      { time: '10:00', capacity: 9 },
      { time: '11:00', capacity: 9 },
    ])
    const shared = async () => {
      const quotas = db.from('quotas').where({ calendar_id: calendar.id, day: sunday })
      return Number((await quotas.sum('places as places').first()).places)
    }
    assert.equal(await shared(), 18)
    const { text } = await client.get(`/calendars/${calendar.id}`)
    assert.include(text, `name="single_day_1" value="${sunday}"`)
    assert.include(text, 'name="single_day_4"')

    // What was moved between doors stays until the places themselves are others.
    const onPhone = async () =>
      (
        await db
          .from('quotas')
          .where({ calendar_id: calendar.id, day: sunday, door: 'phone' })
          .firstOrFail()
      ).places
    const dealt = await onPhone()
    const move = { from: 'web', to: 'phone', places: 2 } as const
    assert.isTrue((await moveQuota(await person('leader'), calendar, sunday, move)).ok)
    await change(client, calendar, { closures: addDays(sunday, 1) })
    assert.equal(await onPhone(), dealt + 2)

    // So it does where another day has other places.
    const other = await bySlug('seminar')
    await change(client, other, { ...single(2, addDays(sunday, 7)), closures: '' })
    assert.equal(await onPhone(), dealt + 2)
    const without = { single_day_2: '', single_from_2: '', single_to_2: '' }
    await change(client, await bySlug('seminar'), without)

    await change(client, await bySlug('seminar'), { single_capacity_1: '', single_to_1: '12:00' })
    assert.isBelow(await onPhone(), dealt)
    assert.deepEqual(
      (await onSunday()).map(({ time, capacity }) => [time, capacity]),
      [
        ['10:00', 4],
        ['11:00', 4],
        ['12:00', 4],
      ]
    )
    assert.equal(await shared(), 12)
    await change(client, await bySlug('seminar'), { share_web: '0', share_phone: '50' })
    assert.equal(await onPhone(), 6)
    const gone = { single_day_1: '', single_from_1: '', single_to_1: '', single_capacity_1: '' }
    await change(client, await bySlug('seminar'), gone)
    assert.isEmpty(await onSunday())
  })

  test('gives a vehicle other seats on a single day, of each stretch', async ({ assert }) => {
    const bus = await Calendar.findByOrFail('kind', 'rides')
    const client = await Visitor.loggedIn('kotsu')
    const day = sundayFrom(2)
    const seats = async () => {
      const legs = db.from('legs').join('slots', 'slots.id', 'legs.slot_id')
      const rows = await legs
        .where('slots.calendar_id', bus.id)
        .whereRaw('starts_at::date = cast(? as date)', [day])
        .select('legs.capacity')
      return [rows.length > 0, ...new Set(rows.map(({ capacity }) => Number(capacity)))]
    }
    await change(client, bus, { ...single(1, day), single_from_1: '07:30', single_capacity_1: '3' })
    assert.deepEqual(await seats(), [true, 3])
    const changed = await Calendar.findOrFail(bus.id)
    await change(client, changed, { single_capacity_1: '2' })
    assert.deepEqual(await seats(), [true, 2])
  })

  test('says of each field why it can’t be taken, and makes nothing', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const bad: [TypedCalendar, string][] = [
      [{ capacity: '0' }, '数が読めないか'],
      [{ capacity: '四' }, '数が読めないか'],
      [{ from_1: '17:00', to_1: '09:00' }, '時刻は 09:00 のように'],
      [{ day_1: '', day_6: '' }, '一つは選んで'],
      [{ closures: '2027-02-29' }, '読めない日があります'],
      [{ turn_from: '12-29' }, '両方を入れて'],
      [{ single_from_1: '10:00', single_to_1: '11:00' }, '日がないか'],
      [{ single_day_2: '2027-02-29', single_from_2: '10:00', single_to_2: '11:00' }, '日がないか'],
      [{ ...single(1, '2027-03-01'), single_to_1: '9:00' }, '時刻は 09:00 のように'],
      [{ ...single(1, '2027-03-01'), single_capacity_1: '0' }, '数が読めないか'],
      [{ ...single(1, '2027-03-01'), ...single(3, '2027-03-01') }, '同じ日が二つ'],
      [{ ...single(1, '2027-03-01'), closures: '2027-03-01' }, '休む日にも'],
      [{ shared: 'yes', share_web: '50', share_phone: '20' }, '足して 100'],
      [
        { every_minutes: '5', open_days: '366', day_2: 'yes', from_2: '00:00', to_2: '23:59' },
        '二万',
      ],
      [{ name_ja: ' ' }, '名前を80字までで'],
      [{ slug: 'けんしゅう' }, '英小文字ではじまる'],
    ]
    for (const [fields, says] of bad) {
      const answer = await client.post('/calendars', { ...NEW, kind: 'places', ...fields })
      assert.equal(answer.status, 422, says)
      assert.include(answer.text, says)
    }
    const rides = { ...NEW, kind: 'rides', minutes_between_stops: '5', stops: '11、99' }
    assert.include((await client.post('/calendars', rides)).text, '登録のない停留所')
    assert.isNull(await Calendar.findBy('slug', 'seminar'))
  })

  test('says it at the row of the single day that it is about', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const rows = { ...single(1, '2027-03-01'), ...single(3, '2027-03-01') }
    const { text } = await client.post('/calendars', { ...NEW, ...rows, kind: 'places' })
    assert.include(text, 'id="single-3-problem"')
    assert.notInclude(text, 'id="single-1-problem"')
  })

  test('shows whom a change concerns before anybody is moved, and moves them then', async ({
    assert,
  }) => {
    const slot = await someSlot(0)
    await givenBooked({}, { slotId: slot.id })
    const calendar = await Calendar.findOrFail(slot.calendar_id)
    const client = await Visitor.loggedIn('kenko')
    const onDay = new Date(`${slot.day}T00:00Z`).getUTCDay() || 7
    const other = calendar.rules.weekdays.find((day) => day !== onDay)!
    // The other weekday stays as it is; on this one it begins an hour later than the booking.
    const later = { [`from_${onDay}`]: '14:00', [`from_${other}`]: calendar.rules.from }
    const shown = await change(client, calendar, later)
    assert.include(shown.text, '1 件の予約')
    assert.deepEqual((await Calendar.findOrFail(calendar.id)).rules, calendar.rules)
    assert.isNull((await db.from('slots').where('id', slot.id).firstOrFail()).closed_at)

    const stale = await change(client, calendar, { ...later, seen: '0-0-0-0' })
    assert.include(stale.text, '1 件の予約')
    const seen = /name="seen" value="([^"]+)"/.exec(shown.text)![1]
    // As many people, at another time: what was seen isn't what would happen.
    const elsewhere = await change(client, calendar, {
      ...later,
      [`from_${onDay}`]: '15:00',
      seen,
    })
    assert.include(elsewhere.text, '1 件の予約')
    assert.equal((await change(client, calendar, { ...later, seen })).status, 302)
    await moveClosedDays()
    await drainFlow()
    const moved = await db.from('bookings').where('state', 'held').firstOrFail()
    assert.notEqual(moved.slot_id, slot.id)
    assert.lengthOf(await db.from('tasks').where('kind', 'call_back'), 1)
    const event = await db.from('events').where('verb', 'calendar.changed').firstOrFail()
    assert.equal(event.detail.moved, 1)
    assert.deepEqual(await miscounts(), [])

    // The rest of the day stays open, also when the slots are opened anew; and what is left out doesn't come back.
    await openAllSlots()
    const left = await db
      .from('slots')
      .where('calendar_id', calendar.id)
      .whereRaw('starts_at::date = ?', [slot.day])
      .whereNull('closed_at')
      .select(db.raw(`to_char(starts_at, 'HH24:MI') as time`))
    assert.isAbove(left.length, 0)
    assert.isTrue(left.every(({ time }) => time >= '14:00'))
    const leader = await person('leader')
    await closeDay(leader, calendar, slot.day, 'snow')
    await moveClosedDays()
    await reopenDay(leader, calendar, slot.day)
    assert.isNotNull((await db.from('slots').where('id', slot.id).firstOrFail()).closed_at)

    // Rules that know the time again open it again.
    const now = await Calendar.findOrFail(calendar.id)
    await change(client, now, { [`from_${onDay}`]: calendar.rules.from })
    assert.isNull((await db.from('slots').where('id', slot.id).firstOrFail()).closed_at)
  })

  test('leaves who is there where there are fewer places than people', async ({ assert }) => {
    const slot = await someSlot(0)
    await givenBooked({}, { slotId: slot.id })
    await givenBooked({ voucher_number: '4111111111' }, { slotId: slot.id })
    const calendar = await Calendar.findOrFail(slot.calendar_id)
    const client = await Visitor.loggedIn('kenko')
    const shown = await change(client, calendar, { capacity: '1' })
    assert.include(shown.text, '1 つの時刻は、新しい席の数より多く')
    const seen = /name="seen" value="([^"]+)"/.exec(shown.text)![1]
    await change(client, calendar, { capacity: '1', seen })
    const at = await db.from('slots').where('id', slot.id).firstOrFail()
    assert.deepInclude(at, { capacity: 2, taken: 2, closed_at: null })
    const free = await db.from('slots').where('calendar_id', calendar.id).where('taken', 0)
    assert.isTrue(free.every(({ capacity }) => capacity === 1))
    assert.deepEqual(await miscounts(), [])
  })

  test('of another client is nobody’s to change', async ({ assert }) => {
    const calendar = await bySlug('health-center')
    const other = await Visitor.loggedIn('kotsu')
    assert.equal((await other.get(`/calendars/${calendar.id}`)).status, 404)
    assert.equal((await change(other, calendar, { capacity: '1' })).status, 404)
    const desk = await Visitor.loggedIn('madoguchi')
    assert.equal((await desk.get('/calendars/new')).status, 404)
  })

  test('is removed only where nothing was ever booked', async ({ assert }) => {
    const slot = await someSlot(0)
    await givenBooked({}, { slotId: slot.id })
    const client = await Visitor.loggedIn('kenko')
    await client.post(`/calendars/${slot.calendar_id}/removal`)
    assert.isNotNull(await Calendar.find(slot.calendar_id))
    await client.post('/calendars', { ...NEW, kind: 'places' })
    const made = await bySlug('seminar')
    const { location } = await client.post(`/calendars/${made.id}/removal`)
    assert.equal(location, '/calendars')
    assert.isNull(await Calendar.find(made.id))
  })

  test('gives what a door didn’t use to all, while a letter still arrives', async ({ assert }) => {
    const calendar = await bySlug('health-center')
    const until = calendar.rules.sharesUntilDays!
    const days = async () =>
      (await db.from('quotas').where('calendar_id', calendar.id).min('day as day').firstOrFail())
        .day
    await openAllSlots()
    assert.isAbove(Date.parse(await days()), Date.parse(addDays(today(), until)))
    const near = await db
      .from('slots')
      .where('calendar_id', calendar.id)
      .where('starts_at', '<', addDays(today(), until))
      .firstOrFail()
    const { text } = await (
      await Visitor.loggedIn('kenko')
    ).get(`/calendars/${calendar.id}/days/${near.starts_at.toISOString().slice(0, 10)}`)
    assert.include(text, 'どの受け口からでも取れます')

    await calendar.merge({ rules: { ...calendar.rules, sharesUntilDays: until + 14 } }).save()
    await openAllSlots()
    assert.isAbove(Date.parse(await days()), Date.parse(addDays(today(), until + 14)))
    assert.isAbove(
      (await db.from('events').where('verb', 'calendar.shares_ended').count('* as n').firstOrFail())
        .n,
      0
    )
  })
})

test.group('Stops', (group) => {
  group.each.setup(reset)

  test('are added, named anew and taken from a table; one that a vehicle passes stays', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kotsu')
    const stop = { number: '21', name: '市民プール', kana: 'しみんぷーる' }
    await client.post('/bus-stops', stop)
    await client.post('/bus-stops', { ...stop, name: '温水プール' })
    const kept = await db.from('stops').where('number', 21).firstOrFail()
    assert.deepInclude(kept, { name: '温水プール', kana: 'シミンプール' })
    assert.equal((await client.post('/bus-stops', { ...stop, kana: '市民' })).status, 422)

    const file = (text: string) => {
      const form = new FormData()
      form.set('file', new Blob([text]), 'stops.csv')
      return form
    }
    const faulty = await client.post(
      '/bus-stops/import',
      file('番号,停留所,フリガナ\n31,東,ヒガシ\n三,西,ニシ\n')
    )
    assert.equal(faulty.status, 422)
    assert.include(faulty.text, '3行目')
    assert.lengthOf(await db.from('stops').where('number', 31), 0)
    await client.post('/bus-stops/import', file('番号,停留所,フリガナ\n31,東,ヒガシ\n32,西,ニシ\n'))
    assert.lengthOf(await db.from('stops').whereIn('number', [31, 32]), 2)

    await client.post(`/bus-stops/${kept.id}/removal`)
    assert.lengthOf(await db.from('stops').where('number', 21), 0)
    const passed = await db.from('stops').where('number', 11).firstOrFail()
    await client.post(`/bus-stops/${passed.id}/removal`)
    assert.lengthOf(await db.from('stops').where('number', 11), 1)
  })
})
