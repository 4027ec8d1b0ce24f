import { test } from '@japa/runner'
import type { Field } from '#app/catalog/description'
import { canStillAnswer, deadlineOf, lastPostBefore } from '#app/handover/acceptance/deadline'
import { saysTheSame } from '#app/registry/ledger/match_ledger'

test.group('A deadline', () => {
  test('is 10 January of the year after the donation, and stays so on a Sunday', ({ assert }) => {
    const rule = { after: 'donated_on', month: 1, day: 10 }
    assert.equal(
      deadlineOf(rule, () => '2026-05-03'),
      '2027-01-10'
    )
    assert.isNull(deadlineOf(rule, () => '●'))
  })

  test('is met by ordinary post up to the last day on which it is delivered')
    .with([
      { deadline: '2027-01-10', last: '2027-01-08' },
      // 10 January 2028 is the Coming-of-age Day, a Monday.
      { deadline: '2028-01-10', last: '2028-01-07' },
      { deadline: '2029-01-10', last: '2029-01-10' },
    ])
    .run(({ assert }, { deadline, last }) => assert.equal(lastPostBefore(deadline), last))

  test('can be met by who is asked by letter as long as letter and answer have time', ({
    assert,
  }) => {
    assert.isTrue(canStillAnswer('2027-01-10', '2027-01-02'))
    assert.isFalse(canStillAnswer('2027-01-10', '2027-01-03'))
  })
})

test.group('Paper and ledger', () => {
  const field = (kind: Field['kind']): Field => ({
    ...{ key: 'one', kind, required: true, height: 10 },
    label: { ja: '', en: '' },
  })

  test('say the same address: {0} and {1}')
    .with([
      ['青嶺市青嶺3丁目4番5-203号', '長野県青嶺市青嶺三丁目4-5-203'],
      ['青嶺市大字上久保1234番地5', '青嶺市上久保1234-5'],
      ['青嶺市本町1丁目1番1号', '青嶺市本町１－１－１'],
    ])
    .run(({ assert }, [paper, ledger]) =>
      assert.isTrue(saysTheSame(field('address'), paper, ledger))
    )

  test('differ where a number or a name is another', ({ assert }) => {
    const address = field('address')
    assert.isFalse(saysTheSame(address, '青嶺市本町1丁目1番1号', '青嶺市本町1丁目1番11号'))
    assert.isFalse(saysTheSame(field('name'), '山田 はるゑ', '山田 はるえ'))
    assert.isTrue(saysTheSame(field('name'), '山田 はるゑ', '山田はるゑ'))
    assert.isFalse(saysTheSame(field('money'), '10000', '15000'))
    for (const [paper, ledger] of [
      ['', '青嶺市本町1丁目1番1号'],
      ['青嶺市東本町1-2', '青嶺市本町1-2'],
      ['青嶺市本町11-2', '1-2'],
      ['青嶺市本町1-2', '2'],
    ])
      assert.isFalse(saysTheSame(address, paper, ledger), `${paper} ${ledger}`)
    assert.isTrue(saysTheSame(address, '本町1-2', '青嶺市本町1-2'))
  })
})
