import { test } from '@japa/runner'
import type { EntryGroup } from '#app/catalog/description'
import { fieldsOfPass, isKeyed } from '#app/keying/passes'
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

  test('the machine’s counts for nothing where people alone are to key', ({ assert }) => {
    const machine: Entry = { ...entry(0, '山'), source: 'machine', userId: null }
    const two = { ...GROUP, keying: 'two' as const }
    assert.isTrue(compareEntries(GROUP, [machine, entry(1, '山')])[0].agreed)
    assert.isFalse(compareEntries(two, [machine, entry(1, '山')])[0].agreed)
    assert.isTrue(compareEntries(two, [machine, entry(1, '川'), entry(2, '川')])[0].agreed)
    const one = { ...GROUP, keying: 'one' as const }
    assert.isTrue(compareEntries(one, [machine, entry(1, '川')])[0].agreed)
    assert.isTrue(isKeyed(one, [entry(1, '川')]))
    assert.isFalse(isKeyed(two, [machine, entry(1, '川')]))
    assert.lengthOf(fieldsOfPass(two, 2, [machine, entry(1, '山')]), 1)
  })

  test('one pass alone never stands', ({ assert }) => {
    assert.isFalse(compareEntries(GROUP, [entry(1, '山')])[0].agreed)
  })
})
