import { test } from '@japa/runner'
import fc from 'fast-check'
import type { Field } from '#app/catalog/description'
import { fieldOf, normalize, show, typed } from '#app/catalog/field_values'
import { fieldKinds } from '#app/catalog/fields/field_kind'
import { passesLuhn } from '#app/catalog/fields/luhn'

function field(kind: string, more: Partial<Field> = {}): Field {
  return fieldOf(kind, more)
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
      { kind: 'era_date', text: '44/5/3', value: '44/5/3', problem: 'era' },
      { kind: 'era_date', text: '25/3/4', value: '25/3/4', problem: 'era' },
      { kind: 'era_date', text: '190503', value: '190503', problem: 'era' },
      { kind: 'era_date', text: '19年5月3日', value: '19年5月3日', problem: 'era' },
      { kind: 'era_date', text: '19440503', value: '1944-05-03', problem: undefined },
      { kind: 'era_date', text: '1944/5/3', value: '1944-05-03', problem: undefined },
      { kind: 'era_date', text: 'S.19.5.3', value: '1944-05-03', problem: undefined },
      { kind: 'era_date', text: '1944/5-3', value: '1944/5-3', problem: 'date' },
      { kind: 'era_date', text: '昭和19年5月3日頃', value: '昭和19年5月3日頃', problem: 'date' },
      { kind: 'era_date', text: '昭和19年5月00日', value: '1944-05-00', problem: undefined },
      { kind: 'era_date', text: 'S190000', value: '1944-00-00', problem: undefined },
      { kind: 'era_date', text: '1944-00-03', value: '1944-00-03', problem: 'date' },
      { kind: 'era_date', text: 'S650000', value: 'S650000', problem: 'date' },
      { kind: 'era_date', text: '2150-01-01', value: '2150-01-01', problem: 'date_range' },
      { kind: 'era_date', text: '1850-01-01', value: '1850-01-01', problem: 'date_range' },
      { kind: 'date', text: '24/5/3', value: '24/5/3', problem: 'era' },
      { kind: 'date', text: '2150-01-01', value: '2150-01-01', problem: undefined },
      { kind: 'kana', text: 'グエン・ティ・ミン', value: 'グエン・ティ・ミン', problem: undefined },
      { kind: 'kana', text: 'いとう　みすゞ', value: 'イトウ ミスヾ', problem: undefined },
      { kind: 'kana', text: 'ｻﾄ- ﾊﾅｺ', value: 'サト－ ハナコ', problem: undefined },
      { kind: 'kana', text: 'ハ゛ハ゛ ジロウ', value: 'ババ ジロウ', problem: undefined },
      { kind: 'kana', text: 'ヤマダ①', value: 'ヤマダ①', problem: 'kana' },
      { kind: 'kana', text: "O'Brien-Müller", value: "O'Brien-Müller", problem: undefined },
      { kind: 'name', text: '田中－スミス', value: '田中－スミス', problem: undefined },
      { kind: 'name', text: 'ＮＧＵＹＥＮ　ＴＨＩ', value: 'NGUYEN THI', problem: undefined },
      { kind: 'postcode', text: '３９９－９９０３', value: '3999903', problem: undefined },
      { kind: 'postcode', text: '39999', value: '39999', problem: 'postcode' },
      { kind: 'money', text: '１２，０００円', value: '12000', problem: undefined },
      { kind: 'money', text: '百円', value: '百円', problem: 'money' },
      { kind: 'money', text: '30000.00', value: '30000', problem: undefined },
      { kind: 'money', text: '￥３０，０００－', value: '30000', problem: undefined },
      { kind: 'money', text: '30,00', value: '30,00', problem: 'money' },
      { kind: 'money', text: '30000.50', value: '30000.50', problem: 'money' },
      { kind: 'money', text: '30.000', value: '30.000', problem: 'money' },
      { kind: 'money', text: '-30000', value: '-30000', problem: 'money' },
      { kind: 'money', text: '1万2千円', value: '1万2千円', problem: 'money' },
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
      { kind: 'phone', text: '0000000000', value: '0000000000', problem: 'phone' },
      { kind: 'phone', text: '090-1234-567', value: '090-1234-567', problem: 'phone' },
      { kind: 'phone', text: '03-1234-56789', value: '03-1234-56789', problem: 'phone' },
      {
        kind: 'phone',
        text: '03-1234-5678 内線9',
        value: '03-1234-5678 内線9',
        problem: 'phone_extension',
      },
      {
        kind: 'phone',
        text: '0263-00-1234 090-1234-5678',
        value: '0263-00-1234 090-1234-5678',
        problem: 'phone',
      },
      {
        kind: 'phone',
        text: '0263-00-1234 (自宅)',
        value: '0263-00-1234 (自宅)',
        problem: 'phone',
      },
      { kind: 'phone', text: '+81 263 00 1234', value: '0263001234', problem: undefined },
      {
        kind: 'phone',
        text: '＋８１（０）９０－１２３４－５６７８',
        value: '09012345678',
        problem: undefined,
      },
      { kind: 'phone', text: '(0263)00-1234', value: '0263001234', problem: undefined },
      { kind: 'phone', text: '0800-123-4567', value: '08001234567', problem: undefined },
      { kind: 'phone', text: '050-1234-5678', value: '05012345678', problem: undefined },
      { kind: 'phone', text: '0263●01234', value: '0263●01234', problem: undefined },
      { kind: 'digits', text: '12-3', value: '12-3', problem: 'digits' },
      { kind: 'digits', text: '12a3', value: '12a3', problem: 'digits' },
      { kind: 'digits', text: '１２●３', value: '12●3', problem: undefined },
      { kind: 'postcode', text: '〒399-9903', value: '3999903', problem: undefined },
      { kind: 'postcode', text: '399-99031', value: '399-99031', problem: 'postcode' },
      { kind: 'account_number', text: '12-345', value: '12-345', problem: 'account' },
      { kind: 'yucho_symbol', text: '12340-2', value: '12340-2', problem: 'account' },
      { kind: 'seal', text: '無', value: '無', problem: 'option' },
      {
        kind: 'address',
        text: '青嶺市大字下久保951-5 201',
        value: '青嶺市大字下久保951-5 201',
        problem: undefined,
      },
      {
        kind: 'address',
        text: '青嶺市本町1　②号棟',
        value: '青嶺市本町1 ②号棟',
        problem: undefined,
      },
      { kind: 'address', text: '青嶺市本町1ーー2', value: '青嶺市本町1--2', problem: undefined },
      {
        kind: 'address',
        text: '青嶺市西町2丁目3　5号室',
        value: '青嶺市西町2丁目3 5号室',
        problem: undefined,
      },
      {
        kind: 'address',
        text: '青嶺市大字片瀬12-3　コーポ梅 2 1003',
        value: '青嶺市大字片瀬12-3コーポ梅2 1003',
        problem: undefined,
      },
      {
        kind: 'address',
        text: '大字下久保2366番地7 ザ・タワー3号棟',
        value: '大字下久保2366番地7ザ・タワー3号棟',
        problem: undefined,
      },
      { kind: 'address', text: '西町1―2', value: '西町1-2', problem: undefined },
      { kind: 'address', text: '西町1ー2', value: '西町1-2', problem: undefined },
      { kind: 'address', text: '西町１－２－Ａ－３', value: '西町1-2-A-3', problem: undefined },
      { kind: 'address', text: 'Casa Blanca 2－B', value: 'Casa Blanca 2-B', problem: undefined },
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
      { kind: 'wish', text: '12月22日 午後1時30分', value: '12-22 13:30', problem: undefined },
      { kind: 'wish', text: '12月22日PM1:30', value: '12-22 13:30', problem: undefined },
      { kind: 'wish', text: '12月22日　午前10時半', value: '12-22 10:30', problem: undefined },
      { kind: 'wish', text: '12月22日正午', value: '12-22 12:00', problem: undefined },
      { kind: 'wish', text: '12月22日1時30分', value: '12月22日1時30分', problem: 'wish' },
      { kind: 'wish', text: '12220130', value: '12220130', problem: 'wish' },
      {
        kind: 'wish',
        text: '12月22日 午後12時30分',
        value: '12月22日 午後12時30分',
        problem: 'wish',
      },
      { kind: 'wish', text: '12月22日 午後13時', value: '12月22日 午後13時', problem: 'wish' },
      { kind: 'wish', text: '02300930', value: '02300930', problem: 'wish' },
      { kind: 'wish', text: '12月22日か23日 10時', value: '12月22日か23日 10時', problem: 'wish' },
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
    assert.deepEqual(normalize(voucher, '1234-567-897'), { value: '1234567897' })
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
    assert.deepEqual(normalize(ticks, 'c'), { value: 'c', problem: 'option' })
    assert.equal(show(ticks, 'a,b', 'ja'), 'あ・い')
  })

  test('show and type a value again', ({ assert }) => {
    assert.equal(show(field('era_date'), '1944-05-03'), '昭和19年5月3日 (1944年)')
    assert.equal(show(field('era_date'), '1944-05-00'), '昭和19年5月 (日は不明) (1944年)')
    assert.equal(show(field('era_date'), '1989-00-00'), '昭和64年・平成元年 (月日は不明) (1989年)')
    assert.equal(show(field('wish'), '12-22 12:30'), '12月22日 午後0時30分')
    assert.equal(typed(field('wish'), '12-22 01:30'), '12-22 01:30')
    assert.equal(typed(field('era_date'), '1944-05-03'), 'S190503')
    assert.equal(normalize(field('wish'), typed(field('wish'), '12-10 10:30')).value, '12-10 10:30')
    assert.equal(show(field('postcode'), '3999903'), '399-9903')
  })
})

// The same texts on every run: what fails, fails for everybody. Another seed finds others.
fc.configureGlobal({ seed: 412 })

/** What people type: numbers, separators, kana, kanji, signs, in half and full width. */
const TYPED = fc
  .array(
    fc.constantFrom(
      ...'0123456789０１５９ 　-－ー―−‐.．,，、/／:()（）+＋円也年月日時分号室番地丁目～・ヾゝ゛午前午後昭和平成令元SHRTMアイｶﾞ｡かが山﨑𠮷AzＡ●〒¥￥①'
    ),
    { maxLength: 16 }
  )
  .map((characters) => characters.join(''))

test.group('Whatever is typed', () => {
  const fields = fieldKinds
    .all()
    .flatMap(({ name: kind }) => [
      field(kind),
      ...(kind === 'digits' ? [field(kind, { cells: 10, check: 'luhn' })] : []),
    ])

  test('normalizing twice changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), TYPED, (one, text) => {
        const once = normalize(one, text)
        const twice = normalize(one, once.value)
        return twice.value === once.value && twice.problem === once.problem
      }),
      { numRuns: 5_000 }
    )
  })

  test('no digit, and no separator between digits, vanishes unasked', () => {
    const digitsOf = (text: string) => text.normalize('NFKC').replace(/\D/g, '')
    const written = fields.filter((one) => ['address', 'name', 'text', 'digits'].includes(one.kind))
    fc.assert(
      fc.property(fc.constantFrom(...written), TYPED, (one, text) => {
        const { value, problem } = normalize(one, text)
        if (problem) return true
        const parted = (from: string) =>
          from.normalize('NFKC').match(/\d(?=[^\d●]+\d)/g)?.length ?? 0
        return (
          digitsOf(value) === digitsOf(text) &&
          (one.cells !== undefined || parted(value) === parted(text))
        )
      }),
      { numRuns: 5_000 }
    )
    const counted = fields.filter((one) => ['phone', 'postcode'].includes(one.kind))
    fc.assert(
      fc.property(fc.constantFrom(...counted), TYPED, (one, text) => {
        const { value, problem } = normalize(one, text)
        return Boolean(problem) || digitsOf(value) === digitsOf(text) || /81/.test(digitsOf(text))
      }),
      { numRuns: 5_000 }
    )
  })

  test('typing what is shown for an input gives the value again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), TYPED, (one, text) => {
        const { value, problem } = normalize(one, text)
        return Boolean(problem) || normalize(one, typed(one, value)).value === value
      }),
      { numRuns: 5_000 }
    )
  })
})
