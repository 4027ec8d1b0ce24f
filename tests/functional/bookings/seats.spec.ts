import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newId } from '#app/core/ids'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const calendarForm = (extra: Record<string, string> = {}) => ({
  kind: 'seats',
  slug: 'cowork',
  name_ja: '窓ぎわの席',
  name_en: 'Seats at the window',
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7].flatMap((day) => [
      [`day_${day}`, 'yes'],
      [`from_${day}`, '09:00'],
      [`to_${day}`, '11:00'],
    ])
  ),
  every_minutes: '60',
  capacity: '2',
  open_days: '5',
  open_on_holidays: 'yes',
  turn_from: '12-31',
  turn_to: '01-01',
  ...extra,
})

/** A room with seats for two, three times a day, made on the screen; and the times of its first day. */
async function givenRoom() {
  const leader = await Visitor.loggedIn('leader')
  const { location } = await leader.post('/calendars', calendarForm())
  const id = location!.replace('/calendars/', '')
  const slots: { id: string; day: string; time: string }[] = await db
    .from('slots')
    .where('calendar_id', id)
    .orderBy('starts_at')
    .select(
      'id',
      db.raw(`to_char(starts_at, 'YYYY-MM-DD') as day`),
      db.raw(`to_char(starts_at, 'HH24:MI') as time`)
    )
  const [{ day }] = slots
  const times = slots.filter((slot) => slot.day === day)
  const book = (visitor: Visitor, wanted: { id: string }[], places = '1') => {
    const form = new URLSearchParams({ calendar: id, day, places })
    for (const slot of wanted) form.append('slots[]', slot.id)
    return visitor.post('/seats', form)
  }
  return { leader, id, day, times, book }
}

const taken = async (id: string) =>
  (await db.from('slots').where('id', id).firstOrFail()).taken as number
const seats = () => db.from('seat_bookings').orderBy('id')

test.group('Seats for those who work here', (group) => {
  group.each.setup(reset)

  test('are booked for several times at once, seen, and given back', async ({ assert }) => {
    const { book, times, id, day, leader } = await givenRoom()
    const operator = await Visitor.loggedIn('operator1')
    assert.include((await operator.get(`/seats?calendar=${id}`)).text, '窓ぎわの席')
    assert.equal((await book(operator, times.slice(0, 2))).location, `/seats?calendar=${id}`)
    // Again, as by a double click: the same seats.
    assert.equal((await book(operator, times.slice(0, 2))).status, 302)
    const clicks = await Promise.all([1, 2, 3].map(() => book(operator, [times[2]])))
    assert.deepEqual(
      clicks.map(({ status }) => status),
      [302, 302, 302]
    )
    assert.equal(await taken(times[2].id), 1)
    await operator.post(`/seats/${(await seats().where('slot_id', times[2].id))[0].id}/giving-back`)
    await db.from('seat_bookings').where('slot_id', times[2].id).delete()
    const gone = await book(operator, [times[2], { id: newId() }])
    assert.equal(gone.status, 422)
    assert.lengthOf(await seats(), 2)
    assert.equal(await taken(times[0].id), 1)
    assert.equal(await taken(times[2].id), 0)
    const sheet = await leader.get(`/calendars/${id}/days/${day}`)
    assert.include(sheet.text, '佐藤 花')
    assert.include(sheet.text, '09:00、10:00')

    const [seat] = await seats()
    const other = await Visitor.loggedIn('operator2')
    await other.post(`/seats/${seat.id}/giving-back`)
    assert.equal((await seats())[0].state, 'booked')
    await operator.post(`/seats/${seat.id}/giving-back`)
    await operator.post(`/seats/${seat.id}/giving-back`)
    assert.equal((await seats())[0].state, 'given_back')
    assert.equal(await taken(times[0].id), 0)
  })

  test('are never booked twice; where one time is full, none is taken', async ({ assert }) => {
    const { book, times } = await givenRoom()
    const operator = await Visitor.loggedIn('operator1')
    const second = await Visitor.loggedIn('operator2')
    const third = await Visitor.loggedIn('operator3')
    const all = [operator, second, third]
    const answers = await Promise.all(all.map((one) => book(one, [times[0]])))
    assert.lengthOf(
      answers.filter(({ status }) => status === 422),
      1
    )
    assert.equal(await taken(times[0].id), 2)
    const refused = all[answers.findIndex(({ status }) => status === 422)]
    const both = await book(refused, times.slice(0, 2))
    assert.equal(both.status, 422)
    assert.include(both.text, '09:00')
    assert.equal(await taken(times[1].id), 0)
    assert.equal((await book(refused, [times[1]], '3')).status, 422)
    assert.equal((await book(refused, [times[1]], '2')).status, 302)
    assert.equal((await book(refused, [], '1')).status, 422)
  })

  test('go where the day is closed or the rules change, and whoever had one sees it', async ({
    assert,
  }) => {
    const { book, times, leader, id, day } = await givenRoom()
    const operator = await Visitor.loggedIn('operator1')
    await book(operator, times)
    const narrower = calendarForm(
      Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((one) => [`to_${one}`, '10:00']))
    )
    const asked = await leader.post(`/calendars/${id}`, narrower)
    assert.lengthOf(await seats().where('state', 'booked'), 3)
    const seen = /name="seen" value="([^"]+)"/.exec(asked.text)![1]
    await leader.post(`/calendars/${id}`, { ...narrower, seen })
    assert.lengthOf(await seats().where('state', 'booked'), 2)
    await leader.post(`/calendars/${id}/days/${day}/closure`, { reason: 'snow', sure: 'yes' })
    assert.lengthOf(await seats().where('state', 'closed'), 3)
    assert.lengthOf(await db.from('closures').where('reason', 'rules'), 0)
    assert.equal(await taken(times[0].id), 0)
    assert.include((await operator.get('/seats')).text, '休みになりました')
    assert.equal((await book(operator, [times[0]])).status, 422)
    assert.equal((await leader.post(`/calendars/${id}/removal`)).location, `/calendars/${id}`)
  })

  for (const how of ['leaving', 'freezing'])
    test(`go back when somebody works here no longer: ${how}`, async ({ assert }) => {
      const { book, times } = await givenRoom()
      await book(await Visitor.loggedIn('operator1'), times)
      const { id } = await db.from('users').where('login', 'operator1').firstOrFail()
      await (await Visitor.loggedIn('admin')).post(`/people/${id}/${how}`, { sure: 'yes' })
      assert.lengthOf(await seats().where('state', 'given_back'), 3)
      assert.equal(await taken(times[0].id), 0)
    })

  test('are the center’s: a department makes none, and sees none', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    assert.equal((await client.post('/calendars', calendarForm())).status, 422)
    assert.equal((await client.get('/seats')).status, 404)
  })
})
