import { test } from '@japa/runner'
import iconv from 'iconv-lite'
import { openRegister } from '#app/registry/open_register'
import { nameOnMail } from '#app/registry/registered_person'
import { demoRegister } from '#app/samples/demo_register'

const HEAD = '接種券番号,カナ氏名,氏名,生年月日,郵便番号,住所'
const YAMADA =
  '1234567897,ヤマダ ハルエ,山田 はるゑ,昭和19年5月3日,399-9903,青嶺市大字上久保1234番地5'

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

const readFile = async (content: Buffer) => {
  const opened = await openRegister(content)
  return opened.ok ? { ...opened, rows: await Array.fromAsync(opened.people()) } : opened
}

const read = (text: string) => readFile(Buffer.from(text, 'utf8'))

test.group('Register files', () => {
  test('are read in UTF-8 and CP932, with dates however they are written', async ({ assert }) => {
    for (const birth of ['昭和19年5月3日', 'S190503', '1944/5/3', '1944-05-03', '19440503']) {
      const text = `${HEAD}\r\n${YAMADA.replace('昭和19年5月3日', birth)}\r\n`
      for (const file of [Buffer.from(text), iconv.encode(text, 'cp932')]) {
        const result = await readFile(file)
        assert.isTrue(result.ok)
        if (!result.ok) return
        assert.equal(result.rows[0].person.birthDate, '1944-05-03', birth)
        assert.equal(result.rows[0].person.postcode, '3999903')
        assert.deepEqual(result.rows[0].reasons, [])
      }
    }
    const demo = await readFile(demoRegister().full)
    assert.isTrue(demo.ok && demo.rows.every((row) => row.reasons.length === 0))
  })

  test('are refused as a whole when columns are missing or shifted', async ({ assert }) => {
    assert.deepInclude(await read('接種券番号,氏名\n1,2'), { ok: false, reason: 'columns_missing' })
    const rows = Array.from({ length: 10 }, () => YAMADA.split(',').slice(1).join(',') + ',')
    assert.deepInclude(await read([HEAD, ...rows].join('\n')), {
      ok: false,
      reason: 'columns_shifted',
    })
    assert.deepInclude(await read(''), { ok: false, reason: 'empty' })
    assert.deepInclude(await read(HEAD), { ok: false, reason: 'empty' })
    assert.deepInclude(await read(`${HEAD}\n"${YAMADA}`), { ok: false, reason: 'not_csv' })
  })

  test('name the row and column of a single fault, and take the rest', async ({ assert }) => {
    const wrong = YAMADA.replace('1234567897', '1234567890')
    const others = ['4111111111,アオ ハナ,青 花,S210401,3999905,西町1', YAMADA]
    const result = await read(
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
    const faults = result.rows.filter((row) => row.reasons.length > 0)
    assert.deepEqual(
      faults.map(({ row, reasons }) => [row, reasons[0].column, reasons[0].problem]),
      [
        [10, '接種券番号', 'check_digit'],
        [12, '接種券番号', 'duplicate'],
      ]
    )
  })

  const table = (lines: string[]) => [HEAD, ...lines].join('\n')
  const good = NUMBERS.map((number) => YAMADA.replace('1234567897', number))
  const taken = async (content: Buffer | string) => {
    const result = await readFile(Buffer.from(content as Buffer))
    return result.ok
      ? result.rows.map(({ row, reasons }) => [
          row,
          ...reasons.map(({ column, problem }) => `${column}:${problem}`),
        ])
      : [[result]]
  }

  test('are understood however a spreadsheet has kept them', async ({ assert }) => {
    const rows = [[2], [3]]
    const text = table(good.slice(0, 2))
    assert.deepEqual(await taken(text.replaceAll(',', '\t')), rows, 'tabs')
    assert.deepEqual(await taken(text.replaceAll(',', ';')), rows, 'semicolons')
    for (const order of ['utf-16le', 'utf-16be'] as const) {
      const encoded = iconv.encode(text.replaceAll(',', '\t'), order, { addBOM: true })
      assert.deepEqual(await taken(encoded), rows, order)
      assert.deepEqual(await taken(encoded.subarray(2)), rows, `${order} without a mark`)
    }
    assert.deepEqual(await taken(text.replaceAll(/^(1\d{9})/gm, '="$1"')), rows, 'formulas')
    assert.deepEqual(
      await taken(text.replaceAll(/^(1\d{9})/gm, '"=""$1"""')),
      rows,
      'quoted formulas'
    )
    assert.deepEqual(await taken(text.replaceAll('\n', ',\n')), rows, 'trailing commas')
    assert.deepEqual(
      await taken(text.replace(/(上久保1234番地5)\n/, '$1,,\n')),
      rows,
      'one with more'
    )
    assert.deepEqual(await taken(`令和8年度 対象者一覧,,\n\n${text}`), [[4], [5]], 'a title above')
    const dated = (date: string) => taken(text.replaceAll('昭和19年5月3日', date))
    assert.deepEqual(await dated('1944/5/3 0:00:00'), rows, 'times at midnight')
    assert.deepEqual(await dated('1944/5/3 10:30'), [
      [2, '生年月日:date'],
      [3, '生年月日:date'],
    ])
  })

  test('keep a character that is written as two halves, wherever a part of the file ends', async ({
    assert,
  }) => {
    for (const filler of ['', ' '])
      for (const order of ['utf-16be', 'utf-16le'] as const) {
        const text = table([`${good[0]}${filler}${'𠮷'.repeat(40_000)}`])
        const opened = await readFile(iconv.encode(text, order, { addBOM: true }))
        assert.isTrue(opened.ok)
        if (!opened.ok) return
        assert.notInclude(opened.rows[0].person.address, '\uFFFD')
        assert.isFalse(opened.rows[0].reasons.some((one) => one.problem === 'characters'))
      }
  })

  test('count their rows as a spreadsheet shows them', async ({ assert }) => {
    const wrong = good[1].replace('399-9903', '399')
    assert.deepEqual(await taken(`${HEAD}\n\n,,\n${good[0]}\n\n${wrong}\n`), [
      [4],
      [6, '郵便番号:postcode'],
    ])
    const twoLines = good[0].replace('青嶺市', '"青嶺市\n').concat('"')
    assert.deepEqual(await taken(table([twoLines, wrong])), [[2], [3, '郵便番号:postcode']])
  })

  test('are refused for what concerns all of them, and nothing else', async ({ assert }) => {
    const [[twice]] = await taken(`${HEAD},住所\n${YAMADA},x`)
    assert.deepInclude(twice as object, { reason: 'heading_twice', columns: '住所' })
    const [[spreadsheet]] = await taken(Buffer.from([0x50, 0x4b, 3, 4, 1, 2]))
    assert.deepInclude(spreadsheet as object, { reason: 'spreadsheet' })
    // Every third date lacks its era: these rows, not the file.
    const dates = good.map((line, index) =>
      index % 3 === 0 ? line.replace('昭和19年5月3日', '44/5/3') : line
    )
    assert.deepEqual(
      (await taken(table(dates))).filter((row) => row.length > 1),
      [0, 3, 6].map((index) => [index + 2, '生年月日:era'])
    )
    const names = good.map((line) => line.replace('ヤマダ ハルエ', 'グエン・ティ－ミスヾ'))
    assert.isTrue((await taken(table(names))).every((row) => row.length === 1))
    assert.deepEqual(await taken(table([good[0], `${good[1]},x`])), [[2], [3, '7:extra_cell']])
    const gaiji = iconv.encode(table([good[0], good[1]]), 'cp932')
    gaiji.set([0xf0, 0x40], gaiji.lastIndexOf(iconv.encode('山田', 'cp932')))
    assert.deepEqual(await taken(gaiji), [[2], [3, '氏名:characters']])
  })

  test('know people without kana by their Latin names', async ({ assert }) => {
    const result = await read(
      `${HEAD},ローマ字氏名,通称,宛名\n${NUMBERS[0]},,,1980-00-00,3999903,青嶺1,NGUYEN THI LAN,青木 蘭,通称\n${NUMBERS[1]},,山,S550101,3999903,青嶺1,,,`
    )
    assert.isTrue(result.ok)
    if (!result.ok) return
    assert.deepEqual(result.rows[0].reasons, [])
    assert.equal(nameOnMail(result.rows[0].person), '青木 蘭')
    assert.equal(result.rows[0].person.birthDate, '1980-00-00')
    assert.deepEqual(result.rows[1].reasons, [{ column: 'カナ氏名', problem: 'required' }])
  })

  test('say who died and who moved', async ({ assert }) => {
    const result = await read(
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
