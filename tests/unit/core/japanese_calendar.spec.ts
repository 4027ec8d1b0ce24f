import { test } from '@japa/runner'
import {
  eraDate,
  fromEra,
  isOfficeClosed,
  nextMonthDay,
  spokenTime,
  toEra,
} from '#app/core/japanese_calendar'
import { setClock, today, wallTime } from '#app/core/clock'

test.group("Japan's calendar", () => {
  test('knows the borders of the eras', ({ assert }) => {
    assert.equal(fromEra('T', 15, 12, 24), '1926-12-24')
    assert.isNull(fromEra('T', 15, 12, 25))
    assert.equal(fromEra('S', 1, 12, 25), '1926-12-25')
    assert.equal(fromEra('R', 1, 5, 1), '2019-05-01')
    assert.isNull(fromEra('H', 31, 5, 1))
    assert.isNull(fromEra('S', 19, 4, 31))
    assert.deepInclude(toEra('1944-05-03'), { letter: 'S', year: 19 })
    assert.equal(eraDate('2019-05-01'), '令和元年5月1日')
    assert.equal(eraDate('2026-12-10'), '令和8年12月10日')
  })

  test('closes offices on weekends, holidays and at the turn of the year', ({ assert }) => {
    assert.isFalse(isOfficeClosed('2026-12-10'))
    assert.isTrue(isOfficeClosed('2026-11-23'))
    assert.isTrue(isOfficeClosed('2026-12-29'))
    assert.isTrue(isOfficeClosed('2027-01-03'))
    assert.isTrue(isOfficeClosed('2026-12-12'))
  })

  test('finds the next such day without a year', ({ assert }) => {
    assert.equal(nextMonthDay('2026-11-20', 12, 10), '2026-12-10')
    assert.equal(nextMonthDay('2026-12-20', 1, 7), '2027-01-07')
    assert.isNull(nextMonthDay('2026-11-20', 2, 30))
  })

  test('speaks times as people do', ({ assert }) => {
    assert.equal(spokenTime('10:30'), '午前10時30分')
    assert.equal(spokenTime('13:00'), '午後1時')
    assert.equal(spokenTime('12:00'), '正午')
    assert.equal(spokenTime('12:15'), '午後0時15分')
  })

  test('has a clock of Tokyo that can be set', ({ assert, cleanup }) => {
    cleanup(setClock('2026-12-31T15:30:00Z'))
    assert.equal(today(), '2027-01-01')
    assert.equal(wallTime(), '2027-01-01T00:30')
  })
})
