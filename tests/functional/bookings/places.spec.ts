import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Calendar, { type Door } from '#app/bookings/calendar'
import { moveQuota } from '#app/bookings/quotas'
import { releaseExpiredHolds, releasePlace } from '#app/bookings/release_place'
import { takePlace } from '#app/bookings/take_place'
import { anotherDose } from '#app/desk/visits/another_dose'
import { bookLive } from '#app/desk/visits/book_live'
import { currentPerson } from '#app/desk/visits/current_person'
import { givenBooked, givenVisit, holdPlace, miscounts, someSlot } from '#tests/support/given_live'
import { cancelBooking, moveBooking } from '#app/desk/visits/change_booking'
import { drainFlow } from '#app/flow/sweeper'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'
import { person, vaccination } from '#tests/support/given'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { reset } from '#tests/support/reset'

/** Takes one place for somebody who is nobody else, through a door. */
async function take(slotId: string, door: Door, submissionId: string) {
  const { service } = await vaccination()
  return transition((t) =>
    takePlace(
      t.trx,
      {
        slotId,
        serviceId: service.id,
        clientId: service.clientId,
        submissionId,
        party: newId(),
        person: newId(),
        dose: 'd',
        door,
        places: 1,
        legs: null,
        numberToken: null,
      },
      { state: 'held', minutes: 5 }
    )
  )
}

async function quota(calendarId: string, day: string, door: Door) {
  return db.from('quotas').where({ calendar_id: calendarId, day, door }).firstOrFail()
}

test.group('Places', (group) => {
  group.each.setup(reset)

  test('a fast door gets its share and not one place more', async ({ assert }) => {
    const { submission } = await givenVisit()
    const { rows: slots } = await db.rawQuery<{
      rows: { id: string; calendar_id: string; day: string }[]
    }>(
      `select s.id, s.calendar_id, to_char(s.starts_at, 'YYYY-MM-DD') as day from slots s where s.calendar_id = ? and s.starts_at::date = ? order by s.starts_at`,
      [(await someSlot()).calendar_id, (await someSlot()).day]
    )
    const share = await quota(slots[0].calendar_id, slots[0].day, 'paper')
    const attempts = await Promise.all(
      slots.flatMap((slot) => [0, 1].map(() => take(slot.id, 'paper', submission.id)))
    )
    assert.equal(attempts.filter((one) => one.ok).length, share.places)
    assert.isAbove(share.places, 0)
    const refused = attempts.find((one) => !one.ok)
    assert.deepEqual(refused, { ok: false, reason: 'door_full' })
    assert.isTrue((await take(slots[0].id, 'counter', submission.id)).ok)
    assert.deepEqual(await miscounts(), [])
  })

  test('only people move places between doors, and only those that are free', async ({
    assert,
  }) => {
    const { submission } = await givenVisit()
    const slot = await someSlot()
    const calendar = await Calendar.findOrFail(slot.calendar_id)
    const leader = await person('leader')
    const before = await quota(calendar.id, slot.day, 'web')
    assert.isTrue((await take(slot.id, 'web', submission.id)).ok)
    const tooMany = { from: 'web', to: 'phone', places: before.places } as const
    assert.deepEqual(await moveQuota(leader, calendar, slot.day, tooMany), {
      ok: false,
      reason: 'not_that_many',
    })
    const moved = { ...tooMany, places: before.places - 1 }
    assert.isTrue((await moveQuota(leader, calendar, slot.day, moved)).ok)
    assert.deepEqual(await take(slot.id, 'web', submission.id), { ok: false, reason: 'door_full' })
    assert.isTrue((await take(slot.id, 'phone', submission.id)).ok)
  })

  test('two clerks with one resident: one gets the place, the other is told', async ({
    assert,
  }) => {
    const desk = await person('madoguchi')
    const [one, two] = [await givenVisit(), await givenVisit()]
    const [first, second] = [await someSlot(0), await someSlot(1)]
    const results = await Promise.all([
      holdPlace(desk, one.submission.id, first.id),
      holdPlace(desk, two.submission.id, second.id),
    ])
    assert.equal(results.filter((result) => result.ok).length, 1)
    assert.deepInclude(
      results.find((result) => !result.ok)!,
      { ok: false, reason: 'already' }
    )
    assert.deepEqual(await miscounts(), [])
  })

  test('the last place goes to one, however many want it', async ({ assert }) => {
    const { submission } = await givenVisit()
    const slot = await someSlot()
    await db
      .from('slots')
      .where('id', slot.id)
      .update({ capacity: slot.taken + 1 })
    const attempts = await Promise.all(
      Array.from({ length: 20 }, () => take(slot.id, 'web', submission.id))
    )
    assert.equal(attempts.filter((one) => one.ok).length, 1)
    assert.isTrue(attempts.every((one) => one.ok || one.reason === 'full'))
  })

  test('a hold is over after its time, and its place is free again', async ({ assert }) => {
    const desk = await person('madoguchi')
    const { submission } = await givenVisit()
    const slot = await someSlot()
    await db.from('slots').where('id', slot.id).update({ capacity: 1 })
    assert.isTrue((await holdPlace(desk, submission.id, slot.id)).ok)
    await db.from('bookings').update({ held_until: db.raw(`now() - interval '1 second'`) })
    assert.deepEqual(await bookLive(desk, submission.id), { ok: false, reason: 'hold_expired' })
    // Somebody else gets it at once, without anybody having swept, however often others have just looked.
    const other = await givenVisit({ voucher_number: '4111111111' })
    const late = await givenVisit({ voucher_number: '1000000008' })
    assert.isTrue((await holdPlace(desk, other.submission.id, slot.id)).ok)
    assert.deepEqual(await holdPlace(desk, late.submission.id, slot.id), {
      ok: false,
      reason: 'full',
    })
    await db
      .from('bookings')
      .where('state', 'held')
      .update({ held_until: db.raw(`now() - interval '1 second'`) })
    assert.isTrue((await holdPlace(desk, late.submission.id, slot.id)).ok)
    await releaseExpiredHolds()
    assert.deepEqual(await miscounts(), [])
    assert.equal(
      (await db.from('bookings').where('submission_id', submission.id).firstOrFail()).ended_reason,
      'expired'
    )
  })

  test('a hold that is over counts neither in its door’s share nor for its person', async ({
    assert,
  }) => {
    const desk = await person('madoguchi')
    const { submission } = await givenVisit()
    const [slot, other] = [await someSlot(0), await someSlot(1)]
    await db
      .from('quotas')
      .where({ calendar_id: slot.calendar_id, day: slot.day, door: 'counter' })
      .update({ places: 1 })
    assert.isTrue((await holdPlace(desk, submission.id, slot.id)).ok)
    const second = await givenVisit()
    assert.deepEqual(await holdPlace(desk, second.submission.id, other.id), {
      ok: false,
      reason: 'door_full',
    })
    await db.from('bookings').update({ held_until: db.raw(`now() - interval '1 second'`) })
    assert.isTrue((await holdPlace(desk, second.submission.id, other.id)).ok)
    assert.deepEqual(await miscounts(), [])
  })

  test('choosing another time gives the first one back', async ({ assert }) => {
    const desk = await person('madoguchi')
    const { submission } = await givenVisit()
    await holdPlace(desk, submission.id, (await someSlot(0)).id)
    await holdPlace(desk, submission.id, (await someSlot(3)).id)
    assert.lengthOf(await db.from('bookings').where('state', 'held'), 1)
    assert.deepEqual(await miscounts(), [])
  })

  test('a booking moves as a whole or not at all', async ({ assert }) => {
    const desk = await person('madoguchi')
    const { bookingId, submission } = await givenBooked()
    const full = await someSlot(5)
    await db
      .from('slots')
      .where('id', full.id)
      .update({ closed_at: db.raw('now()') })
    assert.deepEqual(await moveBooking(desk, bookingId, full.id, 'counter'), {
      ok: false,
      reason: 'closed',
    })
    assert.equal((await db.from('bookings').where('id', bookingId).firstOrFail()).state, 'booked')
    const free = await someSlot(9)
    const moved = await moveBooking(desk, bookingId, free.id, 'phone')
    assert.isTrue(moved.ok)
    await drainFlow()
    const booked = await db.from('bookings').where('state', 'booked')
    assert.lengthOf(booked, 1)
    assert.equal(booked[0].slot_id, free.id)
    assert.deepEqual(await miscounts(), [])
    const kinds = await db.from('replies').where('state', 'ready').select('kind')
    assert.includeMembers(
      kinds.map((row) => row.kind),
      ['moved']
    )
    assert.equal((await submission.refresh()).state, 'replying')
  })

  test('two people who swap their times at once both end with one booking', async ({ assert }) => {
    const desk = await person('madoguchi')
    const [a, b] = [await someSlot(0), await someSlot(4)]
    const one = await givenBooked({}, { slotId: a.id })
    const two = await givenBooked({ voucher_number: '4111111111' }, { slotId: b.id })
    const results = await Promise.all([
      moveBooking(desk, one.bookingId, b.id, 'counter'),
      moveBooking(desk, two.bookingId, a.id, 'counter'),
    ])
    assert.deepEqual(
      results.map((result) => (result.ok ? 'moved' : result.reason)),
      ['moved', 'moved']
    )
    assert.lengthOf(await db.from('bookings').where('state', 'booked'), 2)
    assert.deepEqual(await miscounts(), [])
  })

  test('canceling twice gives the place back once', async ({ assert }) => {
    const desk = await person('madoguchi')
    const { bookingId } = await givenBooked()
    const [one, two] = await Promise.all([
      cancelBooking(desk, bookingId, 'counter'),
      cancelBooking(desk, bookingId, 'counter'),
    ])
    assert.notEqual(one.ok, two.ok)
    assert.deepEqual(await miscounts(), [])
    await transition(async (t) => assert.isNull(await releasePlace(t, bookingId, 'canceled')))
  })

  test('a further dose can be had only so many days after the one before', async ({ assert }) => {
    const desk = await person('madoguchi')
    const first = await givenBooked()
    const { visit } = first
    assert.isTrue(await anotherDose(desk, visit, first.submission.id, '2026-autumn-second'))
    const again = await currentPerson(visit)
    const early = await someSlot(12)
    assert.deepEqual(await holdPlace(desk, again!.submission.id, early.id), {
      ok: false,
      reason: 'closed',
    })
    const late = await db
      .from('slots')
      .where('calendar_id', early.calendar_id)
      .where('starts_at', '>', addDays(today(), 45))
      .orderBy('starts_at')
      .firstOrFail()
    assert.isTrue((await holdPlace(desk, again!.submission.id, late.id)).ok)
  })
})
