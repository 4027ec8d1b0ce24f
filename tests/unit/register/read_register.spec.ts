import { test } from '@japa/runner'
import iconv from 'iconv-lite'
import { readRegister } from '#app/register/read_register'
import { demoRegister } from '#app/samples/demo_register'

const HEAD = '接種券番号,カナ氏名,氏名,生年月日,郵便番号,住所'
const YAMADA =
  '1234567897,ヤマダ ハルエ,山田 はるゑ,昭和19年5月3日,399-9903,青嶺市大字上久保1234番地5'

const read = (text: string) => readRegister(Buffer.from(text, 'utf8'))

test.group('Register files', () => {
  test('are read in UTF-8 and CP932, with dates however they are written', ({ assert }) => {
    for (const birth of ['昭和19年5月3日', 'S190503', '1944/5/3', '1944-05-03', '19440503']) {
      const text = `${HEAD}\r\n${YAMADA.replace('昭和19年5月3日', birth)}\r\n`
      for (const file of [Buffer.from(text), iconv.encode(text, 'cp932')]) {
        const result = readRegister(file)
        assert.isTrue(result.ok)
        if (!result.ok) return
        assert.equal(result.rows[0].person.birthDate, '1944-05-03', birth)
        assert.equal(result.rows[0].person.postcode, '3999903')
        assert.isNull(result.rows[0].problem)
      }
    }
    const demo = readRegister(demoRegister().full)
    assert.isTrue(demo.ok && demo.rows.every((row) => row.problem === null))
  })

  test('are refused as a whole when columns are missing or shifted', ({ assert }) => {
    assert.deepInclude(read('接種券番号,氏名\n1,2'), { ok: false, reason: 'columns_missing' })
    const rows = Array.from({ length: 10 }, () => YAMADA.split(',').slice(1).join(',') + ',')
    assert.deepInclude(read([HEAD, ...rows].join('\n')), { ok: false, reason: 'columns_shifted' })
    assert.deepInclude(read([HEAD, YAMADA, `${YAMADA},x`].join('\n')), {
      ok: false,
      reason: 'columns_shifted',
      row: 3,
    })
    assert.deepInclude(read(''), { ok: false, reason: 'empty' })
    assert.deepInclude(read(HEAD), { ok: false, reason: 'empty' })
    assert.deepInclude(read(`${HEAD}\n"${YAMADA}`), { ok: false, reason: 'not_csv' })
  })

  test('name the row and column of a single fault, and take the rest', ({ assert }) => {
    const wrong = YAMADA.replace('1234567897', '1234567890')
    const others = ['4111111111,アオ ハナ,青 花,S210401,3999905,西町1', YAMADA]
    const result = read(
      [
        HEAD,
        ...Array(8)
          .fill(0)
          .map((_, index) => others[0].replace('4111111111', NUMBERS[index])),
        wrong,
        YAMADA,
        YAMADA,
      ].join('\n')
    )
    assert.isTrue(result.ok)
    if (!result.ok) return
    const faults = result.rows.filter((row) => row.problem)
    assert.deepEqual(
      faults.map((row) => [row.row, row.problem!.column, row.problem!.problem]),
      [
        [10, '接種券番号', 'check_digit'],
        [12, '接種券番号', 'duplicate'],
      ]
    )
  })

  test('say who died and who moved', ({ assert }) => {
    const result = read(
      `${HEAD},異動\n${YAMADA},死亡\n${YAMADA.replace('1234567897', NUMBERS[0])},転出`
    )
    assert.isTrue(result.ok)
    if (result.ok)
      assert.deepEqual(
        result.rows.map((row) => row.change),
        ['died', 'moved']
      )
  })
})

/** With right check digits. */
const NUMBERS = [
  '1000000008',
  '1000000016',
  '1000000024',
  '1000000032',
  '1000000040',
  '1000000057',
  '1000000065',
  '1000000073',
]
