import { test } from '@japa/runner'
import type { Field, FieldKindName } from '#app/catalog/description'
import { normalize, passesLuhn, show, typed } from '#app/catalog/kinds'

function field(kind: FieldKindName, more: Partial<Field> = {}): Field {
  return { key: 'f', kind, label: { ja: '', en: '' }, required: false, height: 10, ...more }
}

test.group('Field kinds', () => {
  test('bring {text} of kind {kind} into {value}')
    .with([
      { kind: 'kana', text: 'やまだ　はるえ', value: 'ヤマダ ハルエ', problem: undefined },
      { kind: 'kana', text: 'ﾔﾏﾀﾞ ﾊﾙｴ', value: 'ヤマダ ハルエ', problem: undefined },
      { kind: 'kana', text: '山田', value: '山田', problem: 'kana' },
      { kind: 'kana', text: 'ヤマ● ハルエ', value: 'ヤマ● ハルエ', problem: undefined },
      { kind: 'name', text: ' 髙橋　勲 ', value: '髙橋 勲', problem: undefined },
      { kind: 'name', text: '神﨑', value: '神﨑', problem: undefined },
      { kind: 'era_date', text: 'S190503', value: '1944-05-03', problem: undefined },
      { kind: 'era_date', text: '昭和19年5月3日', value: '1944-05-03', problem: undefined },
      { kind: 'era_date', text: '大正元年8月1日', value: '1912-08-01', problem: undefined },
      { kind: 'era_date', text: '3190503', value: '1944-05-03', problem: undefined },
      { kind: 'era_date', text: 'S190431', value: 'S190431', problem: 'date' },
      { kind: 'era_date', text: 'T200101', value: 'T200101', problem: 'date' },
      { kind: 'era_date', text: 'S19●503', value: 'S19●503', problem: undefined },
      { kind: 'postcode', text: '３９９－９９０３', value: '3999903', problem: undefined },
      { kind: 'postcode', text: '39999', value: '39999', problem: 'postcode' },
      { kind: 'money', text: '１２，０００円', value: '12000', problem: undefined },
      { kind: 'money', text: '百円', value: '百', problem: 'money' },
      { kind: 'date', text: '2026年11月3日', value: '2026-11-03', problem: undefined },
      { kind: 'date', text: '20261103', value: '2026-11-03', problem: undefined },
      { kind: 'date', text: '令和8年11月3日', value: '2026-11-03', problem: undefined },
      { kind: 'date', text: '2026/2/30', value: '2026/2/30', problem: 'date' },
      { kind: 'branch', text: '０１８店', value: '〇一八', problem: undefined },
      { kind: 'branch', text: '本店', value: '本店', problem: undefined },
      { kind: 'branch', text: '青嶺支店', value: '青嶺', problem: undefined },
      { kind: 'account_number', text: '12345', value: '0012345', problem: undefined },
      { kind: 'account_number', text: '12345678', value: '12345678', problem: 'account' },
      { kind: 'account_holder', text: 'ｼｮｳｼﾞ ﾏｯﾀ', value: 'シヨウジ マツタ', problem: undefined },
      { kind: 'yucho_symbol', text: '12340', value: '12340', problem: undefined },
      { kind: 'yucho_symbol', text: '22340', value: '22340', problem: 'account' },
      { kind: 'yucho_number', text: '1234561', value: '01234561', problem: undefined },
      { kind: 'seal', text: 'present', value: 'present', problem: undefined },
      { kind: 'phone', text: '0263-00-1234', value: '0263001234', problem: undefined },
      { kind: 'phone', text: '263001234', value: '263001234', problem: 'phone' },
      {
        kind: 'address',
        text: '青嶺３丁目４番５‐２０３号',
        value: '青嶺3丁目4番5-203号',
        problem: undefined,
      },
      { kind: 'address', text: 'センター前1ー2', value: 'センター前1-2', problem: undefined },
      { kind: 'wish', text: '12101030', value: '12-10 10:30', problem: undefined },
      { kind: 'wish', text: '12/10 9:30', value: '12-10 09:30', problem: undefined },
      { kind: 'wish', text: '13101030', value: '13101030', problem: 'wish' },
    ] as const)
    .run(({ assert }, { kind, text, value, problem }) => {
      assert.deepEqual(normalize(field(kind), text), problem ? { value, problem } : { value })
    })

  test('doubt a number whose check digit is wrong', ({ assert }) => {
    const voucher = field('digits', { cells: 10, check: 'luhn' })
    assert.isTrue(passesLuhn('1234567897'))
    assert.deepEqual(normalize(voucher, '1234567897'), { value: '1234567897' })
    assert.deepEqual(normalize(voucher, '1234567890'), {
      value: '1234567890',
      problem: 'check_digit',
    })
    assert.deepEqual(normalize(voucher, '123456789'), { value: '123456789', problem: 'length' })
  })

  test('doubt a blank only where something is required', ({ assert }) => {
    assert.deepEqual(normalize(field('name', { required: true }), '　'), {
      value: '',
      problem: 'required',
    })
    assert.deepEqual(normalize(field('name'), ''), { value: '' })
  })

  test('keep ticks in the order of the form and refuse what is no option', ({ assert }) => {
    const options = [
      { value: 'a', label: { ja: 'あ', en: 'A' } },
      { value: 'b', label: { ja: 'い', en: 'B' } },
    ]
    const ticks = field('ticks', { options })
    assert.deepEqual(normalize(ticks, 'b,a'), { value: 'a,b' })
    assert.deepEqual(normalize(ticks, 'c'), { value: '', problem: 'option' })
    assert.equal(show(ticks, 'a,b', 'ja'), 'あ・い')
  })

  test('show and type a value again', ({ assert }) => {
    assert.equal(show(field('era_date'), '1944-05-03'), '昭和19年5月3日')
    assert.equal(typed(field('era_date'), '1944-05-03'), 'S190503')
    assert.equal(normalize(field('wish'), typed(field('wish'), '12-10 10:30')).value, '12-10 10:30')
    assert.equal(show(field('postcode'), '3999903'), '399-9903')
  })
})
