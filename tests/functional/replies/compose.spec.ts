import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ace from '@adonisjs/core/services/ace'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import iconv from 'iconv-lite'
import ReplyCompose from '../../../commands/reply_compose.js'
import { openList } from '#app/replies/compose/open_list'
import { composeRows, type ComposedRow } from '#app/replies/compose/compose_rows'
import { letterProduct } from '#app/replies/products/letter/letter_product'
import { postcardProduct } from '#app/replies/products/postcard/postcard_product'
import type { Product } from '#app/replies/products/product'
import { fillTemplate, readTemplate } from '#app/replies/templates/letter_template'
import { today } from '#app/core/clock'
import { pagesOf, placedWords } from '#tests/support/pdf_text'

const HEADINGS = '郵便番号,住所,方書,氏名,受診券番号,健診日,受付時刻,会場,自己負担額'

/** A line of the list; what is given is otherwise. */
function line(cells: Record<string, string> = {}): string {
  const all: Record<string, string> = {
    郵便番号: '399-9903',
    住所: '青嶺市大字上久保1234番地5',
    方書: '',
    氏名: '山田 はるゑ',
    受診券番号: '0012345',
    健診日: '令和8年12月10日(木)',
    受付時刻: '午前9時',
    会場: '青嶺市保健センター',
    自己負担額: '500',
    ...cells,
  }
  return Object.values(all)
    .map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')
}

/** Somebody else in each line: the same twice would be a double. */
function people(count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    line({ 住所: `青嶺市大字上久保${index + 1}番地` })
  )
}

async function template() {
  const file = join(import.meta.dirname, '../../../resources/letters/health-check.json')
  const read = await readTemplate(await readFile(file, 'utf8'))
  if (!read.ok) throw new Error(read.problems.join())
  return read.template
}

test.group('Letters of a list', (group) => {
  let folder: string
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'letters-'))
    return () => rm(folder, { recursive: true })
  })

  async function compose(
    lines: string[],
    {
      product = letterProduct,
      size = 18 as const,
      encoding = 'utf8',
    }: { product?: Product; size?: 12 | 14 | 18 | 22; encoding?: string } = {}
  ) {
    const content = iconv.encode([HEADINGS, ...lines].join('\r\n'), encoding)
    const list = await openList(content, await template())
    if (!list.ok) throw new Error(list.reason)
    const out = join(folder, 'out.pdf')
    const rows = await Array.fromAsync(
      composeRows(list.rows(), {
        template: await template(),
        product,
        size,
        documentNumber: null,
        datedOn: today(),
        out,
      })
    )
    return { rows, pdf: () => readFile(out) }
  }

  const reasonsOf = (rows: ComposedRow[]) => rows.map(({ reasons }) => reasons.join())

  test('are one PDF, numbered without a gap, whatever is held between them', async ({ assert }) => {
    const lines = people(5)
    lines[2] = line({ 氏名: '' })
    const { rows, pdf } = await compose(lines)
    assert.deepEqual(
      rows.map(({ row, state, sheet, pages }) => [row, state, sheet, pages]),
      [
        [2, 'composed', 1, 1],
        [3, 'composed', 2, 1],
        [4, 'held', null, 0],
        [5, 'composed', 3, 1],
        [6, 'composed', 4, 1],
      ]
    )
    assert.deepEqual(rows[2].reasons, ['氏名: required'])
    const pages = await pagesOf(await pdf())
    assert.lengthOf(pages, 4)
    for (const [index, page] of pages.entries()) {
      assert.include(page, `通番${index + 1}`)
      assert.include(page, '受診券番号は0012345です')
      assert.include(page, '山田はるゑ様')
      assert.notInclude(page, '{')
    }
  })

  test('are put together from parts, each page with its own faces and codes', async ({
    assert,
  }) => {
    const lines = people(206)
    lines[10] = line({ 氏名: '' })
    // Only in print it shows that this one doesn't fit: by then the next part has begun.
    lines[20] = line({ 方書: 'グランドメゾン片瀬ヶ丘ザ・タワー3号棟'.repeat(6) })
    lines.push(line({ 住所: '青嶺市大字上久保999番地' }))
    const { rows, pdf } = await compose(lines)
    assert.equal(rows.filter(({ state }) => state === 'composed').length, 205)
    assert.deepEqual(rows[20].reasons, ['住所: window'])
    const pages = await pagesOf(await pdf())
    assert.lengthOf(pages, 205)
    assert.include(pages[197], '上久保200番地')
    assert.include(pages[198], '上久保201番地')
    assert.include(pages[204], '上久保999番地')
    assert.include(pages[204], '通番205')
    const codes = new Set(pages.map((page) => /通番\d{1,3}([A-Z0-9]{8})$/m.exec(page)?.[1] ?? page))
    assert.lengthOf([...codes], 205)
    assert.deepEqual(await readdir(folder), ['out.pdf'])
  }).timeout(30_000)

  test('are held for all that would be wrong in print, with the column and why', async ({
    assert,
  }) => {
    const { rows } = await compose([
      line(),
      line(),
      line({ 住所: '' }),
      line({ 郵便番号: '399990' }),
      line({ 氏名: '𨺓田 一' }),
      line({ 氏名: '山田 😀' }),
      line({ 氏名: 'محمد' }),
      line({ 氏名: '山●' }),
      line({ 住所: '青嶺市大字上久保' }),
      line({ 住所: '青嶺市大字上久保無番地', 氏名: '無' }),
      line({ 健診日: '' }),
      line({ 会場: 'あ'.repeat(10_000) }),
      line({ 氏名: 'あ'.repeat(61) }),
      `${line({ 氏名: '列 余り' })},余り`,
      line({ 氏名: '長い 名', 方書: 'グランドメゾン片瀬ヶ丘ザ・タワー3号棟'.repeat(6) }),
    ])
    assert.deepEqual(reasonsOf(rows), [
      '',
      'duplicate: 2',
      '住所: required',
      '郵便番号: postcode',
      'characters: 𨺓',
      'characters: 😀',
      'characters: م,characters: ح,characters: د',
      'name: unreadable',
      '住所: no_number',
      '',
      '健診日: required',
      '会場: too_long',
      '氏名: too_long',
      '10: extra_cell',
      '住所: window',
    ])
  })

  test('go where postcode and address agree: a row that slipped is held', async ({ assert }) => {
    await db.rawQuery(
      `insert into postcodes (postcode, prefecture, city, town) values ('3999903', '長野県', '青嶺市', '上久保') on conflict do nothing`
    )
    const { rows } = await compose([
      line(),
      line({ 住所: '青嶺市大字片瀬12番地', 氏名: '隣 の人' }),
    ])
    assert.deepEqual(reasonsOf(rows), ['', '郵便番号: postcode_address'])
  })

  test('address people and offices as is proper, never twice', async ({ assert }) => {
    const { pdf } = await compose([
      line({ 氏名: '青嶺商事株式会社 御中' }),
      line({ 氏名: '山田花子様' }),
      line({ 氏名: '山田 義行' }),
      line({ 氏名: '鵜殿' }),
      line({ 氏名: '佐藤 一郎', 住所: '青嶺市大字上久保7番地' }),
    ])
    const [office, person, ...names] = await pagesOf(await pdf())
    assert.include(office, '青嶺商事株式会社御中')
    assert.notInclude(office, '御中様')
    assert.include(person, '山田花子様')
    assert.notInclude(person, '様様')
    for (const [index, name] of ['山田義行様', '鵜殿様', '佐藤一郎様'].entries())
      assert.include(names[index], name)
  })

  test('are postcards as well, in CP932, in four sizes', async ({ assert }) => {
    const { rows, pdf } = await compose(people(2), { product: postcardProduct, encoding: 'cp932' })
    assert.deepEqual(
      rows.map(({ pages }) => pages),
      [2, 2]
    )
    assert.lengthOf(await pagesOf(await pdf()), 4)
    const heights: number[] = []
    for (const size of [12, 14, 18, 22] as const) {
      const letter = await compose([line()], { size })
      const [word] = await placedWords(await letter.pdf(), ['受診券番号は'])
      heights.push(word.bottom - word.top)
    }
    assert.deepEqual(
      heights,
      heights.toSorted((a, b) => a - b)
    )
    assert.isAbove(heights[3], heights[0] * 1.6)
  })

  test('leave nothing half made where the disk is full, and nothing where all is held', async ({
    assert,
  }) => {
    const none = await compose([line({ 氏名: '' })])
    assert.equal(none.rows[0].state, 'held')
    assert.isEmpty(await readdir(folder))
    const broken: Product = {
      ...letterProduct,
      typeset: () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
    }
    await assert.rejects(() => compose(people(1), { product: broken }), /no space left/)
    assert.isEmpty(await readdir(folder))
  })

  test('by command: a JSON line for each row, and clear words for what can’t be', async ({
    assert,
  }) => {
    const { writeFile } = await import('node:fs/promises')
    const file = join(folder, 'list.csv')
    await writeFile(file, [HEADINGS, ...people(2), line({ 氏名: '' })].join('\n'))
    const said: string[] = []
    const log = console.log
    const run = async (args: string[]) => {
      said.length = 0
      const command = await ace.create(ReplyCompose, args)
      command.ui.switchMode('raw')
      console.log = (text: string) => void said.push(text)
      await command.exec().finally(() => (console.log = log))
      const errors = command.logger.getLogs().map(({ message }) => message)
      return { code: command.exitCode, errors: errors.join('\n') }
    }
    const out = join(folder, 'a.pdf')
    const done = await run(['health-check', file, '--out', out, '--size', '22', '--json'])
    assert.equal(done.code ?? 0, 0)
    assert.deepEqual(
      said.map((text) => JSON.parse(text) as ComposedRow).map(({ row, state }) => [row, state]),
      [
        [2, 'composed'],
        [3, 'composed'],
        [4, 'held'],
      ]
    )
    assert.lengthOf(await pagesOf(await readFile(out)), 2)
    for (const [args, words] of [
      [['health-check', file, '--out', out, '--size', '15'], '--size'],
      [['health-check', file, '--out', out, '--product', 'poster'], '--product'],
      [['health-check', join(folder, 'none.csv'), '--out', out], 'no such file'],
      [['nothing', file, '--out', out], 'no template'],
      [['health-check', file, '--out', join(folder, 'none/a.pdf')], 'can’t be written'],
    ] as const) {
      const failed = await run([...args])
      assert.equal(failed.code, 1)
      assert.include(failed.errors, words)
    }
    await writeFile(file, '住所,氏名\n青嶺市1,山田')
    assert.include((await run(['health-check', file, '--out', out])).errors, 'columns_missing')
  })
})

test.group('A template', () => {
  const plain = {
    name: { ja: 'お知らせ', en: 'Notice' },
    fields: [{ name: '金額', required: true }, { name: '備考' }],
    contact: {
      city: '青嶺市',
      office: '課',
      postcode: '',
      address: '',
      phone: '0263',
      fax: '',
      hours: '',
    },
    text: {
      documentNumber: '',
      sender: '青嶺市長',
      title: 'お知らせ',
      paragraphs: ['{氏名} 様、{金額}円です。', '{備考}'],
      highlight: '{備考}',
      lead: '',
      items: [],
      closing: [],
    },
  }

  test('leaves no gap for what is optional, and runs nothing that is written', async ({
    assert,
  }) => {
    const read = await readTemplate(JSON.stringify(plain))
    if (!read.ok) throw new Error(read.problems.join())
    const { paragraphs, highlight } = fillTemplate(read.template.text, {
      氏名: '{金額} #panic()',
      金額: '100',
      備考: '',
    })
    assert.deepEqual(paragraphs, ['{金額} #panic() 様、100円です。'])
    assert.equal(highlight, '')
  })

  test('is refused for a word that nothing fills, a name that is there twice, and no JSON', async ({
    assert,
  }) => {
    const problemsOf = async (content: string) => {
      const read = await readTemplate(content)
      return read.ok ? '' : read.problems.join()
    }
    const text = { ...plain.text, closing: ['{期限}までに'] }
    assert.include(await problemsOf(JSON.stringify({ ...plain, text })), '{期限}')
    const open = { ...plain.text, closing: ['{金額まで'] }
    assert.include(await problemsOf(JSON.stringify({ ...plain, text: open })), '{')
    const fields = [{ name: '住所' }]
    assert.include(
      await problemsOf(
        JSON.stringify({ ...plain, fields, text: { ...plain.text, paragraphs: [], highlight: '' } })
      ),
      '住所'
    )
    assert.include(await problemsOf(JSON.stringify({ ...plain, contact: {} })), 'contact')
    assert.isNotEmpty(await problemsOf('{'))
  })
})
