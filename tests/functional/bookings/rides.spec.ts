import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Service from '#app/catalog/service'
import { bookLive } from '#app/desk/visits/book_live'
import { currentPerson } from '#app/desk/visits/current_person'
import { holdPlace, miscounts } from '#tests/support/given_live'
import { keepDetails } from '#app/desk/visits/keep_details'
import { openPersonOf } from '#app/desk/visits/open_person'
import { startVisit } from '#app/desk/visits/start_visit'
import { visitScreen } from '#app/desk/visits/visit_screen'
import { keepRequester } from '#app/desk/visits/requester'
import { drainFlow } from '#app/flow/sweeper'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { person } from '#tests/support/given'
import { busDay } from '#tests/support/bus_day'
import { reset } from '#tests/support/reset'

interface RideWish {
  phone?: string
  kana?: string
  from?: string
  to?: string
  adults?: string
  reduced?: string
  days?: number
}

/** Somebody on the phone who wants to ride the day after tomorrow at ten. */
async function givenRider({
  phone = '0263001234',
  kana = 'ヤマダ ハルエ',
  from = '11',
  to = '14',
  adults = '2',
  reduced = '',
  days,
}: RideWish = {}) {
  const desk = await person('madoguchi')
  const service = await Service.findByOrFail('slug', 'bus')
  const started = await startVisit(desk, { channel: 'phone', serviceId: service.id })
  await keepRequester(desk, started, {
    askedBy: 'self',
    consent: false,
    serviceId: service.id,
    clientId: service.clientId,
  })
  const visit = await started.refresh()
  await openPersonOf(desk, visit, {
    values: { name_kana: kana, phone },
    registered: false,
    complete: false,
  })
  const day = days ? addDays(today(), days) : await busDay()
  const kept = await keepDetails(desk, (await currentPerson(visit))!, {
    from_stop: from,
    to_stop: to,
    wish1: `${day.slice(5).replace('-', '')}1000`,
    adults,
    reduced,
  })
  if (!kept.ok) throw new Error(JSON.stringify(kept.problems))
  const screen = await visitScreen(visit, 'ja')
  return { desk, visit, screen, submission: screen.submission! }
}

async function book(wish: RideWish = {}) {
  const { desk, visit, screen, submission } = await givenRider(wish)
  const held = await holdPlace(desk, submission.id, screen.offers[0].slotId)
  if (!held.ok) return { held, visit }
  const warned = (await visitScreen(visit, 'ja')).warned
  await bookLive(desk, submission.id)
  await drainFlow()
  return { held, visit, warned, submission: await submission.refresh() }
}

test.group('Rides', (group) => {
  group.each.setup(reset)

  test('offers the runs nearest to the wished time, with where one gets on and off', async ({
    assert,
  }) => {
    const { screen } = await givenRider()
    assert.lengthOf(screen.offers, 3)
    assert.isTrue(screen.offers.some((offer) => offer.startsAt.endsWith('T10:00')))
    const back = (await givenRider({ from: '14', to: '11' })).screen
    assert.isTrue(back.offers.every((offer) => offer.place === 'みね号'))
    // Fourteen is the fifth of the stops on the way back, six minutes apart.
    assert.isTrue(back.offers.every((offer) => offer.startsAt.endsWith(':24')))
    assert.isTrue(back.offers.every((offer) => offer.endsAt!.endsWith(':42')))
  })

  test('counts seats on every leg: who gets off makes room', async ({ assert }) => {
    const people = ['0263001111', '0263002222', '0263003333', '0263004444']
    for (const phone of people)
      assert.isTrue((await book({ phone, from: '11', to: '14', adults: '2' })).held.ok)
    // The vehicle is full as far as 14, and empty from there on.
    const fifth = await givenRider({ phone: '0263005555', from: '13', to: '15', adults: '1' })
    const sixth = await givenRider({ phone: '0263006666', from: '14', to: '18', adults: '8' })
    const run = (await db.from('bookings').where('state', 'booked').firstOrFail()).slot_id
    assert.isFalse(fifth.screen.offers.some((offer) => offer.slotId === run))
    assert.deepEqual(await holdPlace(fifth.desk, fifth.submission.id, run), {
      ok: false,
      reason: 'full',
    })
    assert.isTrue((await holdPlace(sixth.desk, sixth.submission.id, run)).ok)
    assert.deepEqual(await miscounts(), [])
  })

  test('warns when two share a booking number on a day', async ({ assert }) => {
    assert.isFalse((await book({ phone: '0263001234' })).warned)
    assert.isTrue((await book({ phone: '0263991234', kana: 'コバヤシ マコト' })).warned)
  })

  test('gives a person one coupon, and asks for the fare that only the driver knows', async ({
    assert,
  }) => {
    const first = await book({ reduced: '1' })
    const screen = await visitScreen(first.visit, 'ja')
    assert.equal(screen.done[0].coupon?.yen, 400)
    const asked = await givenRider({ reduced: '1', adults: '1' })
    assert.isTrue(asked.screen.asksFare)
    assert.equal(asked.screen.price, '200')
    const again = await book({ from: '16', to: '12' })
    assert.isTrue(again.held.ok)
    assert.isNull((await visitScreen(again.visit, 'ja')).done[0].coupon)
    assert.lengthOf(await db.from('coupons'), 1)
  })

  test('asks again for stops that aren’t, nobody who rides, and times that can’t be booked', async ({
    assert,
  }) => {
    await assert.rejects(() => givenRider({ to: '99' }), /"to_stop":"stop"/)
    await assert.rejects(() => givenRider({ to: '11' }), /"to_stop":"stop"/)
    await assert.rejects(() => givenRider({ adults: '' }), /"adults":"riders"/)
    await assert.rejects(() => givenRider({ days: 20 }), /"wish1":"wish_window"/)
  })

  test('is booked by phone without a letter, and closed', async ({ assert }) => {
    const { submission } = await book()
    assert.equal(submission!.state, 'closed')
    assert.lengthOf(await db.from('replies'), 0)
  })

  test('can be booked from so many days ahead, not before', async ({ assert }) => {
    const { screen } = await givenRider()
    const last = addDays(await busDay(), 1)
    assert.isTrue(screen.offers.every((offer) => offer.startsAt.slice(0, 10) <= last))
    const { desk, submission } = await givenRider({ phone: '0263007777' })
    const far = await db
      .from('slots')
      .where('starts_at', '>', addDays(last, 1))
      .whereIn('calendar_id', db.from('calendars').where('slug', 'bus-ao').select('id'))
      .firstOrFail()
    assert.deepEqual(await holdPlace(desk, submission.id, far.id), { ok: false, reason: 'closed' })
  })
})
