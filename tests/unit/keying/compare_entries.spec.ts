import { test } from '@japa/runner'
import type { EntryGroup } from '#app/catalog/description'
import { compareEntries } from '#app/keying/compare_entries'
import type { Entry } from '#app/keying/entry'

const GROUP: EntryGroup = {
  key: 'g',
  page: 1,
  home: 'free',
  label: { ja: '', en: '' },
  fields: [{ key: 'a', kind: 'text', label: { ja: '', en: '' }, required: false, height: 10 }],
}

function entry(pass: number, value: string): Entry {
  return {
    id: `e${pass}`,
    groupKey: 'g',
    round: 1,
    pass,
    source: 'person',
    userId: `u${pass}`,
    values: { a: value },
  }
}

test.group('Comparing passes', () => {
  test('equal values stand, blanks too', ({ assert }) => {
    assert.isTrue(compareEntries(GROUP, [entry(1, '山'), entry(2, '山')])[0].agreed)
    assert.isTrue(compareEntries(GROUP, [entry(1, ''), entry(2, '')])[0].agreed)
  })

  test('values that differ, and characters nobody could read, are decided by the leader', ({
    assert,
  }) => {
    assert.isFalse(compareEntries(GROUP, [entry(1, '山'), entry(2, '川')])[0].agreed)
    assert.isFalse(compareEntries(GROUP, [entry(1, '山●'), entry(2, '山●')])[0].agreed)
  })

  test('one is enough where its group says so, but stands against no other', ({ assert }) => {
    const one = { ...GROUP, keying: 'one' as const }
    assert.isTrue(compareEntries(one, [entry(1, '山')])[0].agreed)
    assert.isTrue(compareEntries(one, [entry(1, '山'), entry(2, '山')])[0].agreed)
    assert.isFalse(compareEntries(one, [entry(1, '山'), entry(2, '川')])[0].agreed)
  })

  test('one pass alone never stands', ({ assert }) => {
    assert.isFalse(compareEntries(GROUP, [entry(1, '山')])[0].agreed)
  })
})
