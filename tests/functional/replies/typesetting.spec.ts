import { setTimeout as sleep } from 'node:timers/promises'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import { missingGlyphs } from '#app/replies/glyphs'
import { letterProduct } from '#app/replies/products/letter/letter_product'
import { postcardProduct } from '#app/replies/products/postcard/postcard_product'
import type { SheetToPrint } from '#app/replies/products/product'
import { typesetInChild } from '#app/core/typesetting/children'
import { typesetTicket } from '#app/desk/tickets/typeset_ticket'
import type { Letter } from '#app/replies/letter'
import { phrasesOf } from '#app/core/phrases'
import { CLEAR, PLAY, SEEN, WINDOW } from '#app/core/window_envelope'
import { machineFault } from '#app/core/machine_fault'
import { customerBarcode } from '#app/core/customer_barcode'
import { typeset } from '#app/core/typesetter'
import { qrSvg } from '#app/core/qr_code'
import { qrCodesIn } from '#app/reading/bar_codes'
import { rasterize } from '#app/core/rasterize'
import { pagesOf, placedWords } from '#tests/support/pdf_text'

const MM = 72 / 25.4
const typesetLetters = (sheets: SheetToPrint[]) => letterProduct.typeset!(sheets, {})
const typesetPostcards = (sheets: SheetToPrint[]) => postcardProduct.typeset!(sheets, {})

function letter(to: Partial<Letter['to']> = {}, text: Partial<Letter['text']> = {}): Letter {
  return {
    text: {
      documentNumber: '{document}',
      sender: '青嶺市長 (公印省略)',
      title: '予防接種の予約のお知らせ',
      paragraphs: [
        'インフルエンザの予防接種を、次の日に予約しました。ご希望の日時は、予約がとれませんでした。',
      ],
      highlight: '令和8年12月10日(木) 午前10時30分\n青嶺市保健センター1階',
      lead: 'することは三つです。',
      items: ['この手紙・予診票・お薬手帳・1,500円を持ってくる'],
      closing: ['日を変えるときは、お電話ください。0263-00-3110 お返事は要りません。'],
      ...text,
    },
    date: '令和8年11月27日',
    to: { postcode: '399-9903', address: '青嶺市大字上久保1234番地5', name: '山田 はるゑ', ...to },
    receipt: 'うめ-4821',
    contact: {
      city: '青嶺市',
      office: '青嶺市保健センター 予防接種受付',
      postcode: '399-9901',
      address: '長野県青嶺市本町1丁目1番1号',
      phone: '0263-00-3110',
      fax: '0263-00-3119',
      hours: '平日8時30分から17時15分',
    },
    size: 18,
  }
}

/** Address and name that are too long for a window, as they come. */
const LONG = {
  address:
    '青嶺市大字片瀬2167番地12 グランドメゾン片瀬ヶ丘ノースレジデンス弐番館 12階 1204号室 特別養護老人ホームやまなみ苑内 山田太郎様方',
  name: '伊藤 節子',
}
const TOO_LONG = {
  address:
    '青嶺市大字下久保2366番地7 グランドメゾン片瀬ヶ丘ザ・タワー3号棟・ノースレジデンス 12階 1204号室 特別養護老人ホームやまなみ苑内 山田太郎様方',
  name: 'グエン・ティ・ミン・カイ・マリア・フェルナンダ・デ・ラ・クルス・サントス・リマ・オリベイラ',
}

test.group('Phrases', () => {
  test('never break inside a word, and are the line again', ({ assert }) => {
    const lines = [
      'お返事は要りません。',
      '日を変えるときは、お電話ください。0263-00-3110 お返事は要りません。',
      'この手紙・予診票・お薬手帳・1,500円を持ってくる',
      'お手数ですが、もう一度お電話ください。',
      '当日の朝、熱をはかる(37.5度以上はお電話ください)',
    ]
    const segmenter = new Intl.Segmenter('ja', { granularity: 'word' })
    for (const line of lines) {
      const phrases = phrasesOf(line)
      assert.equal(phrases.join(''), line)
      const words = new Set([0, line.length])
      for (const { index } of segmenter.segment(line)) words.add(index)
      let at = 0
      for (const phrase of phrases) {
        assert.isTrue(words.has(at), `${phrase} in ${line}`)
        assert.notMatch(phrase, /^[、。)」・]/)
        at += phrase.length
      }
    }
    assert.deepEqual(phrasesOf('お返事は要りません。'), ['お返事は', '要りません。'])
  })
})

test.group('The window of an envelope', () => {
  test('shows all of the address, wherever the sheet lies', async ({ assert }) => {
    const { pdf, fits } = await typesetLetters([{ letter: letter() }])
    assert.deepEqual(fits, [true])
    const words = await placedWords(pdf, ['399', '山田', '上久保'])
    for (const { left, right, top, bottom } of words) {
      assert.isAtLeast(left, (WINDOW.x + PLAY + CLEAR) * MM - 1)
      assert.isAtLeast(top, (WINDOW.y + PLAY + CLEAR) * MM - 1)
      assert.isAtMost(right, (WINDOW.x + WINDOW.width - PLAY - CLEAR) * MM + 1)
      assert.isAtMost(bottom, (WINDOW.y + WINDOW.height - PLAY - CLEAR) * MM + 1)
    }
    assert.lengthOf(words, 3)
  })

  test('shows a long address smaller, and what can’t be shown holds the letter', async ({
    assert,
  }) => {
    const { pdf, fits } = await typesetLetters([
      { letter: letter(LONG) },
      { letter: letter(TOO_LONG) },
    ])
    assert.deepEqual(fits, [true, false])
    const [name] = await placedWords(pdf, ['節子'])
    assert.isAtMost(name.bottom, (SEEN.y + SEEN.height) * MM + 1)
    const postcards = await typesetPostcards([{ letter: letter(LONG) }, { letter: letter() }])
    assert.deepEqual(postcards.fits, [true, true])
    const word = letter({ name: 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren' })
    assert.deepEqual((await typesetLetters([{ letter: word }])).fits, [false])
  })
})

/** A barcode as it is printed: its bars, and where it lies (mm). */
interface Printed {
  bars: string
  left: number
  right: number
  top: number
  bottom: number
  /** from bar to bar */
  pitch: number
  isClear: boolean
}

const DPI = 1200
const DARK = 128
/** mm that must be white around it */
const WHITE = 2

/** Looks for a barcode on a page: 67 bars of one width beside each other in one row of points. */
async function printedBarcode(pdf: Buffer, page = 0): Promise<Printed | null> {
  const { data, width, height } = (await rasterize(pdf, DPI))[page]
  const mm = DPI / 25.4
  const isDark = (x: number, y: number) => data[y * width + x] < DARK
  for (let y = 0; y < height; y += 4) {
    const runs: { from: number; to: number }[] = []
    for (let x = 0; x < width; x++) {
      if (!isDark(x, y)) continue
      const from = x
      while (x < width && isDark(x, y)) x++
      runs.push({ from, to: x })
    }
    if (runs.length !== 67) continue
    const [first, last] = [runs[0], runs[66]]
    const pitch = (last.from - first.from) / 66
    if (runs.some((run, index) => Math.abs(run.from - first.from - index * pitch) > 2)) continue
    const spans = runs.map(({ from, to }) => {
      const x = Math.round((from + to) / 2)
      let [top, bottom] = [y, y]
      while (isDark(x, top - 1)) top--
      while (isDark(x, bottom + 1)) bottom++
      return { top, bottom }
    })
    const [top, bottom] = [
      Math.min(...spans.map((one) => one.top)),
      Math.max(...spans.map((one) => one.bottom)),
    ]
    const bars = spans
      .map((one) => {
        const [isHigh, isLow] = [one.top - top < 0.3 * mm, bottom - one.bottom < 0.3 * mm]
        return isHigh ? (isLow ? 'F' : 'A') : isLow ? 'D' : 'T'
      })
      .join('')
    const around = Math.floor(WHITE * mm) - 1
    let isClear = true
    for (let row = top - around; row <= bottom + around; row++)
      for (let x = first.from - around; x <= last.to + around; x++)
        if (isDark(x, row) && (row < top || row > bottom || x < first.from || x > last.to))
          isClear = false
    return {
      bars,
      left: first.from / mm,
      right: last.to / mm,
      top: top / mm,
      bottom: bottom / mm,
      pitch: pitch / mm,
      isClear,
    }
  }
  return null
}

test.group('The customer barcode in print', () => {
  const BARS = customerBarcode('3999903', '1234-5')

  test('stands in the window, white around it, as large as the post asks', async ({ assert }) => {
    const { pdf, barcodes } = await typesetLetters([{ letter: letter() }])
    assert.deepEqual(barcodes, [true])
    const printed = (await printedBarcode(pdf))!
    assert.equal(printed.bars, BARS)
    assert.isTrue(printed.isClear)
    assert.approximately(printed.pitch, 1.2 * 0.8, 0.005)
    assert.approximately(printed.bottom - printed.top, 3.6 * 0.8, 0.1)
    assert.isAtLeast(printed.left, SEEN.x - 0.05)
    assert.isAtMost(printed.right, SEEN.x + SEEN.width + 0.05)
    assert.isAtMost(printed.bottom, SEEN.y + SEEN.height + 0.05)
  })

  test('stands below the name on a postcard, far enough from its edge', async ({ assert }) => {
    const { pdf, barcodes } = await typesetPostcards([
      { letter: letter() },
      { letter: letter(LONG) },
    ])
    assert.deepEqual(barcodes, [true, true])
    const printed = (await printedBarcode(pdf))!
    assert.equal(printed.bars, BARS)
    assert.isTrue(printed.isClear)
    assert.isAtLeast(printed.left, 10)
    assert.isAtMost(printed.right, 90)
    const [name] = await placedWords(pdf, ['はるゑ'])
    assert.isAbove(printed.top, name.bottom / MM)
  })

  test('gives way to a long address, and is left out where there must be none', async ({
    assert,
  }) => {
    const { pdf, barcodes, fits } = await typesetLetters([
      { letter: letter(LONG) },
      { letter: letter({ postcode: '399-9900' }) },
    ])
    assert.deepEqual(barcodes, [false, false])
    assert.deepEqual(fits, [true, true])
    assert.isNull(await printedBarcode(pdf))
    assert.isNull(await printedBarcode(pdf, 1))
  })

  test('leaves a letter readable by machines that read aloud', async ({ assert }) => {
    const { pdf, barcodes } = await letterProduct.typeset!([{ letter: letter() }], {
      accessible: true,
    })
    assert.deepEqual(barcodes, [true])
    assert.include(pdf.toString('latin1'), 'pdfuaid')
  })
})

test.group('The code of a sheet', () => {
  test('is read from the print by a scanner', async ({ assert }) => {
    const sheet = { number: 1, code: 'ABCD2345', documentNumber: null, datedOn: '2026-12-01' }
    for (const make of [typesetLetters, typesetPostcards]) {
      const [page] = await rasterize((await make([{ letter: letter(), sheet }])).pdf, 300)
      assert.deepEqual(
        (await qrCodesIn({ ...page, data: page.data })).map(({ text }) => text),
        ['HWS/ABCD2345']
      )
    }
  })

  test('can’t be of any length', async ({ assert }) => {
    await assert.rejects(() => qrSvg('あ'.repeat(2000)), /No QR code/)
  })
})

test.group('What takes long to typeset', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      letter: letter({ address: `青嶺市大字上久保${index}番地` }),
    }))

  test('is typeset in a child process, while this one goes on', async ({ assert }) => {
    let turns = 0
    const counting = setInterval(() => (turns += 1), 1)
    const { ranges, fits } = await letterProduct.typeset!(many(200), { apart: true })
    clearInterval(counting)
    assert.lengthOf(ranges, 200)
    assert.notInclude(fits, false)
    assert.isAbove(turns, 20)
  })

  test('is the same document as any other', async ({ assert }) => {
    const [apart, here] = await Promise.all([
      letterProduct.typeset!(many(3), { apart: true }),
      letterProduct.typeset!(many(3), {}),
    ])
    assert.deepEqual(await pagesOf(apart.pdf), await pagesOf(here.pdf))
    assert.deepEqual(apart.ranges, here.ranges)
  })

  test('fails alone where its child dies, and the next goes on', async ({ assert }) => {
    const made = letterProduct.typeset!(many(400), { apart: true })
    let isOver = false
    const ended = made.catch((error: unknown) => error).finally(() => (isOver = true))
    // One that lay ready may die before it is given anything: another takes its place, and dies too.
    while (!isOver) for (const pid of await typesettingChildren()) kill(pid)
    // Neither the letters' fault nor anybody's: they wait, and are made.
    assert.equal(machineFault(await ended), 'typesetter')
    while ((await typesettingChildren()).length > 0) await sleep(20)
    assert.lengthOf((await letterProduct.typeset!(many(1), { apart: true })).ranges, 1)
  })

  test('waits where its child died just before', async ({ assert }) => {
    await letterProduct.typeset!(many(1), { apart: true })
    for (const pid of await typesettingChildren()) kill(pid)
    // It is dead, and nobody has been told of it yet.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    const ended = typesetInChild({ folder: '', template: { source: '' }, data: '{}', labels: [] })
    assert.equal(machineFault(await ended.catch((error: unknown) => error)), 'typesetter')
  })

  test('says what is wrong with a template, and not the data', async ({ assert }) => {
    const source = '#let data = json(bytes(sys.inputs.data))\n#nothing(data)'
    for (const apart of [undefined, []])
      await assert.rejects(
        () => typeset({ source }, { secret: '山田' }, { apart }),
        /unknown variable: nothing/
      )
  })
})

/** Stops a process at once, if it is still there. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** The children of this process that typeset. */
async function typesettingChildren(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args='])
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, parent, ...args]) =>
        Number(parent) === process.pid && args.join().includes('typesetting/child.ts')
    )
    .map(([pid]) => Number(pid))
}

test.group('Letters in print', () => {
  test('bear the number that was given for them and the day on which they are posted', async ({
    assert,
  }) => {
    const note = letter({}, { documentNumber: '事務連絡' })
    const sheet = {
      number: 1,
      code: 'ABCDEFGH',
      documentNumber: '8青健第412号',
      datedOn: '2026-12-01',
    }
    const run = await typesetLetters([
      { letter: letter(), sheet },
      { letter: note, sheet: { ...sheet, number: 2 } },
    ])
    const [numbered, unnumbered] = await pagesOf(run.pdf)
    assert.include(numbered, '8青健第412号')
    assert.include(numbered, '令和8年12月1日')
    assert.notInclude(numbered, '令和8年11月27日')
    assert.include(unnumbered, '事務連絡')
    assert.notInclude(unnumbered, '8青健第412号')
    const [proof] = await pagesOf((await typesetLetters([{ letter: letter() }])).pdf)
    assert.notInclude(proof, '第412号')
    assert.notInclude(proof, 'document')
  })

  test('name characters that can’t be printed, invisible ones by what they follow', ({
    assert,
  }) => {
    assert.deepEqual(missingGlyphs('葛󠄀城 𨺓田'), ['葛[U+E0100]', '𨺓'])
    assert.deepEqual(missingGlyphs('山\u200B田'), ['山[U+200B]'])
    assert.deepEqual(missingGlyphs('山田\n青嶺市'), [])
  })

  test('tickets are one page', async ({ assert }) => {
    const pdf = await typesetTicket(128, 35)
    assert.lengthOf(await pagesOf(pdf), 1)
  })
})
