import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Calendar from '#app/bookings/calendar'
import { closeDay, moveClosedDays } from '#app/rebooking/close_day'
import { planReminders } from '#app/rebooking/plan_reminders'
import { releaseExpiredHolds } from '#app/bookings/release_place'
import { bookLive } from '#app/desk/visits/book_live'
import { currentPerson } from '#app/desk/visits/current_person'
import { givenBooked, givenVisit, holdPlace, miscounts, someSlot } from '#tests/support/given_live'
import { keepDetails } from '#app/desk/visits/keep_details'
import { cancelBooking } from '#app/desk/visits/change_booking'
import { enterWaitingList } from '#app/desk/visits/enter_waiting_list'
import { visitScreen } from '#app/desk/visits/visit_screen'
import { drainFlow } from '#app/flow/sweeper'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import { setClock } from '#app/core/clock'
import { tryLockName } from '#app/core/lock'
import { newId } from '#app/core/ids'
import { person, runWishes } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** Works through the next call-back. */
async function callBack(outcome: string) {
  const desk = await Visitor.loggedIn('madoguchi')
  await db
    .from('tasks')
    .where('kind', 'call_back')
    .update({ available_at: db.raw('now()') })
  const { location } = await desk.post('/work/assignments', { kind: 'call_back' })
  const page = await desk.get(location!)
  const answer = await desk.post(`${location}/result`, { outcome })
  await drainFlow()
  return { page, answer }
}

test.group('A closed day', (group) => {
  group.each.setup(reset)

  test('moves everybody to a held place and calls them, in the order of their times', async ({
    assert,
  }) => {
    const [early, late] = [await someSlot(0), await someSlot(6)]
    assert.equal(early.day, late.day)
    const second = await givenBooked({}, { slotId: late.id })
    const first = await givenBooked({ voucher_number: '4111111111' }, { slotId: early.id })
    const calendar = await Calendar.findOrFail(early.calendar_id)
    const closed = await closeDay(await person('leader'), calendar, early.day, 'snow')
    assert.equal(closed, 2)
    assert.equal((await db.from('closures').firstOrFail()).moved, 0)
    await moveClosedDays()
    const closure = await db.from('closures').firstOrFail()
    assert.deepInclude(closure, { state: 'done', affected: 2, moved: 2, without: 0 })
    const calls = await db.from('call_backs').orderBy('created_at')
    assert.deepEqual(
      calls.map((call) => call.submission_id),
      [first.submission.id, second.submission.id]
    )
    const held = await db.from('bookings').where('state', 'held')
    assert.lengthOf(held, 2)
    assert.deepEqual(await miscounts(), [])

    const { page } = await callBack('accepted')
    for (const text of ['お休みになりました', '合言葉', '0263 00 1234'])
      assert.include(page.text, text)
    assert.lengthOf(await db.from('bookings').where('state', 'booked'), 1)
    assert.equal((await db.from('replies').where('kind', 'moved').firstOrFail()).state, 'ready')
    await callBack('declined')
    assert.lengthOf(await db.from('bookings').where('state', 'booked'), 1)
    assert.lengthOf(await db.from('bookings').where('state', 'held'), 0)
    assert.deepEqual(await miscounts(), [])
  })

  test('writes a letter after the third call that reached nobody', async ({ assert }) => {
    const slot = await someSlot()
    await givenBooked({}, { slotId: slot.id })
    await closeDay(
      await person('leader'),
      await Calendar.findOrFail(slot.calendar_id),
      slot.day,
      'snow'
    )
    await moveClosedDays()
    await callBack('no_answer')
    await callBack('voicemail')
    assert.lengthOf(await db.from('replies').where('kind', 'closure'), 0)
    const { page } = await callBack('family')
    assert.include(page.text, '留守番電話')
    assert.equal((await db.from('call_backs').firstOrFail()).state, 'letter')
    assert.equal((await db.from('replies').where('kind', 'closure').firstOrFail()).state, 'ready')
    assert.lengthOf(await db.from('call_attempts'), 3)
  })

  test('takes no bookings', async ({ assert }) => {
    const slot = await someSlot()
    const leader = await Visitor.loggedIn('leader')
    const path = `/calendars/${slot.calendar_id}/days/${slot.day}`
    const asked = await leader.post(`${path}/closure`, { reason: 'snow' })
    assert.include(asked.text, '休みにします')
    assert.lengthOf(await db.from('closures'), 0)
    await leader.post(`${path}/closure`, { reason: 'snow', sure: 'yes' })
    assert.lengthOf(await db.from('closures'), 1)
    const { visit } = await givenVisit()
    const screen = await visitScreen(visit, 'ja')
    assert.isTrue(screen.offers.every((offer) => !offer.startsAt.startsWith(slot.day)))
  })
})

test.group('A held time', (group) => {
  group.each.setup(reset)

  test('is taken when they phone back by themselves; nobody calls them any more', async ({
    assert,
  }) => {
    const slot = await someSlot()
    await givenBooked({}, { slotId: slot.id })
    const calendar = await Calendar.findOrFail(slot.calendar_id)
    await closeDay(await person('leader'), calendar, slot.day, 'snow')
    await moveClosedDays()
    const held = await db.from('bookings').where('state', 'held').firstOrFail()
    const desk = await Visitor.loggedIn('madoguchi')
    const page = await desk.get(`/desk/bookings/${held.id}`)
    assert.include(page.text, '押さえてあります')
    await desk.post(`/desk/bookings/${held.id}/answer`, { answer: 'accept' })
    assert.equal((await db.from('bookings').where('id', held.id).firstOrFail()).state, 'booked')
    assert.equal((await desk.post('/work/assignments', { kind: 'call_back' })).location, '/work')
    // The old address leads to the booking that took its place.
    const old = await db.from('bookings').where('ended_reason', 'closure').firstOrFail()
    assert.equal((await desk.get(`/desk/bookings/${old.id}`)).location, `/desk/bookings/${held.id}`)
    assert.deepEqual(await miscounts(), [])
  })

  test('is moved while the history is being sealed', async ({ assert }) => {
    const slot = await someSlot(0)
    await givenBooked({}, { slotId: slot.id })
    const calendar = await Calendar.findOrFail(slot.calendar_id)
    await closeDay(await person('leader'), calendar, slot.day, 'snow')
    await db.transaction(async (sealing) => {
      assert.isTrue(await tryLockName(sealing, 'event_seals'))
      await moveClosedDays()
      assert.equal((await db.from('closures').firstOrFail()).moved, 1)
    })
  })
})

test.group('The waiting list', (group) => {
  group.each.setup(reset)

  test('offers a freed place to who waits longest, and to the next when they decline', async ({
    assert,
  }) => {
    const desk = await person('madoguchi')
    const { bookingId } = await givenBooked()
    const first = await givenVisit({ voucher_number: '4111111111' })
    const second = await givenVisit({ voucher_number: '1000000008' })
    assert.isTrue(await enterWaitingList(desk, first.submission.id))
    assert.isTrue(await enterWaitingList(desk, second.submission.id))
    await drainFlow()
    assert.equal((await first.submission.refresh()).state, 'handing_over')
    await cancelBooking(desk, bookingId, 'counter')
    await drainFlow()
    const held = () => db.from('bookings').where('state', 'held').firstOrFail()
    assert.equal((await held()).submission_id, first.submission.id)
    await callBack('declined')
    await drainFlow()
    assert.equal((await held()).submission_id, second.submission.id)
    assert.equal((await first.submission.refresh()).state, 'replying')
    await callBack('accepted')
    const booked = await db.from('bookings').where('state', 'booked').firstOrFail()
    assert.equal(booked.submission_id, second.submission.id)
    assert.equal((await second.submission.refresh()).state, 'replying')
    assert.deepEqual(await miscounts(), [])
  })

  test('keeps an offer through a correction: it can still be taken', async ({ assert }) => {
    const desk = await person('madoguchi')
    const { bookingId } = await givenBooked()
    const waiting = await givenVisit({ voucher_number: '4111111111' })
    await enterWaitingList(desk, waiting.submission.id)
    await drainFlow()
    await cancelBooking(desk, bookingId, 'counter')
    await drainFlow()
    assert.lengthOf(await db.from('bookings').where('state', 'held'), 1)
    const leader = await Visitor.loggedIn('leader')
    await leader.post(`/submissions/${waiting.submission.id}/corrections`, {
      field: 'phone',
      request: '番号がかわりました',
    })
    const { location } = await leader.post('/work/assignments', { kind: 'correct' })
    await leader.post(`${location}/result`, { value: '0263009999' })
    const { answer } = await callBack('accepted')
    assert.equal(answer.status, 302)
    assert.lengthOf(await db.from('bookings').where('state', 'booked'), 1)
    assert.deepEqual(await miscounts(), [])
  })

  test('lets nobody’s offer run on for ever', async ({ assert }) => {
    const desk = await person('madoguchi')
    const { bookingId } = await givenBooked()
    const waiting = await givenVisit({ voucher_number: '4111111111' })
    await enterWaitingList(desk, waiting.submission.id)
    await cancelBooking(desk, bookingId, 'counter')
    await drainFlow()
    const offered = await db.from('bookings').where('state', 'held').firstOrFail()
    await db
      .from('bookings')
      .where('id', offered.id)
      .update({ held_until: db.raw(`now() - interval '1 minute'`) })
    const { answer } = await callBack('accepted')
    assert.equal(answer.status, 422)
    assert.include(answer.text, 'もうありません')
    await releaseExpiredHolds()
    assert.equal(
      (await db.from('bookings').where('id', offered.id).firstOrFail()).state,
      'canceled'
    )
    assert.deepEqual(await miscounts(), [])
  })
})

test.group('What runs out', (group) => {
  group.each.setup(reset)

  test('an offer that nobody answered blocks nothing: who waits, waits on', async ({ assert }) => {
    const desk = await person('madoguchi')
    const one = await givenBooked()
    const two = await givenBooked(
      { voucher_number: '1000000016' },
      { slotId: (await someSlot(3)).id }
    )
    const waiting = await givenVisit({ voucher_number: '4111111111' })
    await enterWaitingList(desk, waiting.submission.id)
    await drainFlow()
    await cancelBooking(desk, one.bookingId, 'counter')
    await drainFlow()
    const stale = await db.from('call_backs').firstOrFail()
    await db
      .from('bookings')
      .where('state', 'held')
      .update({ held_until: db.raw(`now() - interval '1 minute'`) })
    await releaseExpiredHolds()
    await drainFlow()
    // The call about the time that has run out is called off; a new one is about the place held now.
    assert.equal(
      (await db.from('call_backs').where('id', stale.id).firstOrFail()).state,
      'given_up'
    )
    assert.lengthOf(await db.from('tasks').where({ kind: 'call_back', state: 'open' }), 1)
    assert.lengthOf(await db.from('bookings').where('state', 'held'), 1)
    assert.isTrue((await cancelBooking(desk, two.bookingId, 'counter')).ok)
    await callBack('accepted')
    assert.equal(
      (await db.from('bookings').where('state', 'booked').firstOrFail()).submission_id,
      waiting.submission.id
    )
    assert.deepEqual(await miscounts(), [])
  })

  test('a place held by a clerk does not outlive the closing of its day', async ({ assert }) => {
    const desk = await person('madoguchi')
    const slot = await someSlot()
    const { submission } = await givenVisit()
    assert.isTrue((await holdPlace(desk, submission.id, slot.id)).ok)
    await closeDay(
      await person('leader'),
      await Calendar.findOrFail(slot.calendar_id),
      slot.day,
      'storm'
    )
    await moveClosedDays()
    assert.deepEqual(await bookLive(desk, submission.id), { ok: false, reason: 'hold_expired' })
    assert.deepEqual(await miscounts(), [])
  })

  test('a place held for other answers is given back when the answers change', async ({
    assert,
  }) => {
    const desk = await person('madoguchi')
    const { visit, submission } = await givenVisit()
    await holdPlace(desk, submission.id, (await someSlot()).id)
    await keepDetails(desk, (await currentPerson(visit))!, { vaccines: 'covid' })
    assert.lengthOf(await db.from('bookings').where('state', 'held'), 0)
    assert.deepEqual(await miscounts(), [])
  })
})

test.group('Reminders', (group) => {
  group.each.setup(reset)

  test('go once, as a postcard that doesn’t name the matter', async ({ assert }) => {
    const slot = await someSlot(60)
    const { submission } = await givenBooked({}, { slotId: slot.id })
    assert.equal(await planReminders(), 0)
    const back = setClock(
      new Date(Date.parse(`${slot.day}T00:00:00Z`) - 4 * 86_400_000).toISOString()
    )
    try {
      assert.equal(await planReminders(), 1)
      assert.equal(await planReminders(), 0)
      await drainFlow()
    } finally {
      back()
    }
    const reply = await db.from('replies').where('kind', 'reminder').firstOrFail()
    assert.equal(reply.product, 'postcard')
    assert.equal(reply.state, 'ready')
    const run = await planPrintRun(
      await person('admin'),
      submission.clientId,
      newId(),
      runWishes('postcard')
    )
    await drainFlow()
    assert.isTrue(run.ok)
    const row = await db.from('print_runs').firstOrFail()
    assert.equal(row.state, 'typeset')
    assert.equal(row.planned, 1)
    assert.equal((await db.from('sheets').firstOrFail()).pages, 2)
  })
})
