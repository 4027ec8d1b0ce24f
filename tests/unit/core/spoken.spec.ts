import { test } from '@japa/runner'
import { chunkedDigits, spokenDay, spokenDigits, spokenMoment } from '#app/core/spoken'

test.group('Read aloud', () => {
  test('days that can be misheard have their names', ({ assert }) => {
    assert.equal(spokenDay('2026-12-10'), '12月10日、とおか、木曜日')
    assert.equal(spokenDay('2026-12-04'), '12月4日、よっか、金曜日')
    assert.equal(spokenDay('2026-12-08'), '12月8日、ようか、火曜日')
    assert.equal(spokenDay('2026-12-15'), '12月15日、火曜日')
    assert.equal(spokenMoment('2026-12-10T10:30'), '12月10日、とおか、木曜日、午前10時30分')
  })

  test('digits come in groups, each with a name of its own', ({ assert }) => {
    assert.equal(chunkedDigits('0263001234'), '0263 00 1234')
    assert.equal(chunkedDigits('09000001234'), '090 0000 1234')
    assert.equal(chunkedDigits('1234567897'), '1234 5678 97')
    assert.equal(spokenDigits('1470'), 'イチ ヨン ナナ ゼロ')
    assert.equal(spokenDigits('0263001234'), 'ゼロ ニー ロク サン、ゼロ ゼロ、イチ ニー サン ヨン')
  })
})
