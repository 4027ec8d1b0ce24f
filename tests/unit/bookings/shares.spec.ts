import { test } from '@japa/runner'
import { apportion } from '#app/bookings/apportion'
import { legsBetween } from '#app/bookings/find_runs'
import { capacityOn, isOpen, startTimes, timesAhead } from '#app/bookings/slot_times'
import app from '@adonisjs/core/services/app'
import { filesIn } from '#app/catalog/service_files'
import { companionsOfKit } from '#app/studio/companions/companions'

const KIT = await companionsOfKit(filesIn(app.makePath('resources/services/bus')))
const BUS = KIT.calendars.find((calendar) => calendar.slug === 'bus-ao')!.rules

test.group('Shares', () => {
  test('lose no place and give none twice', ({ assert }) => {
    assert.deepEqual(apportion(138, [50, 25, 15, 10]), [69, 34, 21, 14])
    for (const places of [1, 7, 99, 138, 1900]) {
      const parts = apportion(places, [50, 25, 15, 10])
      assert.equal(
        parts.reduce((sum, part) => sum + part, 0),
        places
      )
    }
    assert.deepEqual(apportion(5, [0, 0]), [0, 0])
  })
})

test.group('The bus', () => {
  test('runs on its hours: weekdays, Saturdays, Sundays, holidays, not at the turn of the year', ({
    assert,
  }) => {
    assert.equal(startTimes(BUS, '2026-11-25').at(0), '07:00')
    assert.equal(startTimes(BUS, '2026-11-28').at(0), '09:00')
    assert.equal(startTimes(BUS, '2026-11-29').at(-1), '17:00')
    assert.isTrue(isOpen(BUS, '2026-11-23'))
    assert.isTrue(isOpen(BUS, '2026-12-29'))
    assert.isFalse(isOpen(BUS, '2026-12-30'))
    assert.isFalse(isOpen(BUS, '2027-01-03'))
  })

  test('runs on a single day with hours and seats of its own, if nothing closes it', ({
    assert,
  }) => {
    const day = '2027-01-02'
    const rules = { ...BUS, days: { [day]: { from: '10:00', to: '11:00', capacity: 3 } } }
    assert.isTrue(isOpen(rules, day))
    assert.deepEqual(
      [startTimes(rules, day).at(0), startTimes(rules, day).at(-1)],
      ['10:00', '11:00']
    )
    assert.equal(capacityOn(rules, day), 3)
    assert.equal(capacityOn(rules, '2027-01-04'), BUS.capacity)
    assert.deepEqual(startTimes(rules, '2027-01-04'), startTimes(BUS, '2027-01-04'))
    assert.isFalse(isOpen({ ...rules, closures: [day] }, day))
    const own = new Set([day])
    assert.isFalse(isOpen({ ...rules, openOnHolidays: false }, day, own))
    assert.isFalse(isOpen(rules, '2027-01-03'))
    assert.equal(timesAhead(rules) - timesAhead(BUS), startTimes(rules, day).length)
  })

  test('goes from stop to stop in its own direction only', ({ assert }) => {
    assert.deepEqual(legsBetween(BUS, 11, 14), { from: 0, to: 3 })
    assert.isNull(legsBetween(BUS, 14, 11))
    assert.isNull(legsBetween(BUS, 11, 99))
  })
})
