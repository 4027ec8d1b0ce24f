import { test } from '@japa/runner'
import { isOpen, startTimes } from '#app/bookings/slot_times'

const RULES = {
  weekdays: [2, 4],
  from: '09:30',
  to: '15:00',
  everyMinutes: 15,
  capacity: 6,
  openDays: 70,
  closures: ['2026-12-17'],
}

test.group('Calendar rules', () => {
  test('open on Tuesdays and Thursdays, every quarter of an hour', ({ assert }) => {
    const times = startTimes(RULES, '2026-12-10')
    assert.lengthOf(times, 23)
    assert.deepEqual([times[0], times[4], times.at(-1)], ['09:30', '10:30', '15:00'])
    assert.isTrue(isOpen(RULES, '2026-12-10'))
    assert.isFalse(isOpen(RULES, '2026-12-11'))
  })

  test('stay shut on closures, holidays and at the turn of the year', ({ assert }) => {
    assert.isFalse(isOpen(RULES, '2026-12-17'))
    assert.isFalse(isOpen(RULES, '2026-12-29'))
    assert.isFalse(isOpen({ ...RULES, weekdays: [1] }, '2026-11-23'))
    assert.isTrue(isOpen({ ...RULES, weekdays: [6] }, '2026-11-28'))
  })
})
