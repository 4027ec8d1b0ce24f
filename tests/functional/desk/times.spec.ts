import { rideHandoverOf } from '#app/handover/connectors/ride/ride_handover'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Service from '#app/catalog/service'
import { currentPerson } from '#app/desk/visits/current_person'
import { donePeople } from '#app/desk/visits/done_people'
import { enterWaitingList } from '#app/desk/visits/enter_waiting_list'
import { keepDetails } from '#app/desk/visits/keep_details'
import { openPersonOf } from '#app/desk/visits/open_person'
import { startVisit } from '#app/desk/visits/start_visit'
import { keepRequester } from '#app/desk/visits/requester'
import { offersFor } from '#app/desk/visits/visit_offers'
import { weekday } from '#app/core/japanese_calendar'
import { person } from '#tests/support/given'
import { givenBooked, givenVisit, livePerson, someSlot } from '#tests/support/given_live'
import { busDay } from '#tests/support/bus_day'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

test.group('Times at the desk', (group) => {
  group.each.setup(reset)

  test('are offered on three days, and narrow down by weekday and half of the day', async ({
    assert,
  }) => {
    const { visit } = await givenVisit()
    const current = await currentPerson(visit)
    const offers = (view: Parameters<typeof offersFor>[3]) =>
      donePeople(visit).then((done) => offersFor(current!.asked, visit, done, view))
    const days = (await offers({})).map((offer) => offer.startsAt.slice(0, 10))
    assert.lengthOf(days, 3)
    assert.equal(new Set(days).size, 3)
    const thursday = await offers({ weekday: 4, half: 'pm' })
    assert.lengthOf(thursday, 3)
    for (const { startsAt } of thursday) {
      assert.equal(weekday(startsAt.slice(0, 10)), 4)
      assert.isAtLeast(Number(startsAt.slice(11, 13)), 12)
    }
    assert.lengthOf(await offers({ weekday: 7 }), 0)
    const desk = await Visitor.loggedIn('madoguchi')
    const none = await desk.get(`/desk/visits/${visit.id}?weekday=7`)
    // Nothing there: what is said and shown is so, with the days that can be booked.
    assert.include(none.text, 'いま予約できるのは')
    assert.include(none.text, 'いまは、空いている日時がありません')
    assert.notInclude(none.text, 'この三つです')
    assert.include(none.text, 'data-key="w"')
  })

  test('of a household lie next to each other', async ({ assert }) => {
    const { visit } = await givenBooked()
    const desk = await person('madoguchi')
    await openPersonOf(desk, visit, {
      values: livePerson({ voucher_number: '4111111111', name_kana: 'ヤマダ タロウ' }),
      registered: true,
      complete: false,
    })
    await keepDetails(desk, (await currentPerson(visit))!, { vaccines: 'influenza' })
    const current = await currentPerson(visit)
    const done = await donePeople(visit)
    const offers = await offersFor(current!.asked, visit, done, {})
    assert.isTrue(
      offers.some((offer) => offer.startsAt.slice(0, 10) === done[0].booking!.startsAt.slice(0, 10))
    )
  })

  test('say what is so when somebody waits for a place', async ({ assert }) => {
    const { visit, submission } = await givenVisit()
    await db.from('slots').update({ taken: db.raw('capacity') })
    assert.isTrue(await enterWaitingList(await person('madoguchi'), submission.id))
    const page = await (await Visitor.loggedIn('madoguchi')).get(`/desk/visits/${visit.id}`)
    assert.include(page.text, 'まだとれていません')
    assert.notInclude(page.text, '予約がとれました')
    assert.include(page.text, '空きを待っています')
  })

  test('are changed only after they were read back', async ({ assert }) => {
    const { bookingId } = await givenBooked()
    const slot = await someSlot(9)
    const desk = await Visitor.loggedIn('madoguchi')
    const at = `/desk/bookings/${bookingId}`
    const offers = [
      ...(await desk.get(`${at}?door=phone`)).text.matchAll(
        /name="slot_id" value="([0-9a-f-]{36})" data-key=(\d)/g
      ),
    ]
    assert.deepEqual(offers.map((one) => one[2]).slice(0, 3), ['1', '2', '3'])
    const readBack = await desk.post(`${at}/moves`, { slot_id: offers[0][1], door: 'phone' })
    assert.include(readBack.text, 'この日時に変えます')
    assert.equal((await db.from('bookings').where('id', bookingId).firstOrFail()).state, 'booked')
    await desk.post(`${at}/moves`, { slot_id: offers[0][1], door: 'phone', sure: 'yes' })
    assert.equal((await db.from('bookings').where('id', bookingId).firstOrFail()).state, 'canceled')
    assert.isDefined(slot)
  })

  test('can be booked anew after canceling, without asking everything again', async ({
    assert,
  }) => {
    const { bookingId } = await givenBooked()
    const desk = await Visitor.loggedIn('madoguchi')
    await desk.post(`/desk/bookings/${bookingId}/cancellation`, { sure: 'yes', door: 'counter' })
    assert.include((await desk.get(`/desk/bookings/${bookingId}`)).text, 'あらためて予約する')
    const { location } = await desk.post(`/desk/bookings/${bookingId}/again`, { door: 'counter' })
    assert.match(location!, /^\/desk\/visits\//)
    assert.include((await desk.get(location!)).text, '山田 はるゑ')
    // Only of what was canceled.
    const { bookingId: standing } = await givenBooked({ voucher_number: '4111111111' })
    const refused = await desk.post(`/desk/bookings/${standing}/again`, { door: 'counter' })
    assert.equal(refused.location, `/desk/bookings/${standing}`)
  })

  test('of the bus: the one that was asked for stands first', async ({ assert }) => {
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
    const runs = await db
      .from('slots')
      .join('calendars', 'calendars.id', 'slots.calendar_id')
      .where('calendars.slug', 'bus-ao')
      .where('slots.starts_at', '>=', await busDay())
      .orderBy('slots.starts_at')
      .limit(4)
      .select(db.raw(`to_char(slots.starts_at, 'MM-DD HH24:MI') as at`))
    await openPersonOf(desk, visit, {
      values: { name_kana: 'ヤマダ ハルエ', phone: '0263001234' },
      registered: false,
      complete: false,
    })
    const begun = await currentPerson(visit)
    const handover = rideHandoverOf(begun!.asked.version.description.handover)
    await keepDetails(desk, begun!, {
      [handover.from]: '11',
      [handover.to]: '14',
      [handover.wishes[0]]: runs[2].at,
      [handover.fares[0].field]: '1',
    })
    const current = await currentPerson(visit)
    const offers = await offersFor(current!.asked, visit, [], {})
    assert.equal(offers[0].startsAt.slice(5).replace('T', ' '), runs[2].at)
    assert.isAbove(offers.length, 1)
  })
})
