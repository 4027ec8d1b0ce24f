import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { chromium } from 'playwright'
import { customerBarcode } from '#app/core/customer_barcode'
import { qrSvg } from '#app/core/qr_code'
import { addressCode } from '#app/catalog/addresses/address_code'
import { today } from '#app/core/clock'
import { checkRow } from '#app/replies/compose/check_row'
import { openList } from '#app/replies/compose/open_list'
import type { Letter } from '#app/replies/letter'
import { letterProduct } from '#app/replies/products/letter/letter_product'
import { readTemplate } from '#app/replies/templates/letter_template'
import { peakMegabytes, secondsOf } from '#bench/processes'
import { benchOfficialPdf } from '#bench/official_pdf'
import { percentile, report } from '#bench/report'
import { CHROMIUM_FLAGS, chromiumPath } from '../bin/setup/chromium.js'

const LETTERS = Number(process.env.LETTERS ?? 10_000)
/** As many as are typeset as one document; the others take as long. */
const BASELINE_LETTERS = 200
const ONE_BY_ONE = 40
const LOOK_MS = 50

/** Letters of a list by the command; beside the same typeset without our codes, and the same printed by Chromium. */
export async function benchLetters(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'letters-'))
  try {
    const list = join(folder, 'list.csv')
    await writeFile(list, listOf(LETTERS))
    const ours = await byCommand(list, join(folder, 'letters.pdf'))
    // What was typeset once is remembered: it is warmed up on others.
    const [warm, letters] = inHalves(await lettersOf(listOf(2 * BASELINE_LETTERS)))
    await withCodes(warm)
    const bare = await millisecondsEach(letters, (all) => withoutCodes(all))
    const browser = await byChromium(letters)
    report(
      'letters',
      { name: 'letters_per_second', value: ours.perSecond, unit: '1/s' },
      { name: 'Chromium prints the same', value: browser, moreIsBetter: true }
    )
    report(
      'letters',
      { name: 'ms_per_letter', value: 1000 / ours.perSecond, unit: 'ms' },
      { name: 'Typst alone, without our codes', value: bare, moreIsBetter: false }
    )
    report('letters', { name: 'cpu_ms_per_letter', value: ours.cpuMs, unit: 'ms' })
    report('letters', { name: 'peak_mb', value: ours.peakMb, unit: 'MB' })
    const times: number[] = []
    const others = await lettersOf(listOf(3 * BASELINE_LETTERS))
    for (const letter of others.slice(-ONE_BY_ONE))
      times.push(await millisecondsEach([letter], (all) => withCodes(all)))
    report('letters', { name: 'one_letter_ms', value: percentile(times, 50), unit: 'ms' })
    await benchOfficialPdf()
  } finally {
    await rm(folder, { recursive: true })
  }
}

function inHalves<T>(all: T[]): [T[], T[]] {
  return [all.slice(0, all.length / 2), all.slice(all.length / 2)]
}

function listOf(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, index) =>
      `399-9903,青嶺市大字上久保${index + 1}番地5,山田 はるゑ,${1_000_000 + index},令和8年12月10日(木),午前9時30分,青嶺市保健センター1階,1500`
  )
  return ['郵便番号,住所,氏名,受診券番号,健診日,受付時刻,会場,自己負担額', ...rows].join('\n')
}

/** Runs the command as anybody would, and looks at its process meanwhile. */
async function byCommand(list: string, out: string) {
  const began = performance.now()
  const child = spawn(
    process.execPath,
    [app.makePath('ace.js'), 'reply:compose', 'health-check', list, '--out', out],
    { stdio: ['ignore', 'ignore', 'inherit'], env: process.env }
  )
  let [peakMb, cpuMs] = [0, 0]
  const look = setInterval(() => {
    if (child.exitCode !== null || !child.pid) return
    peakMb = Math.max(peakMb, peakMegabytes(child.pid))
    cpuMs = secondsOf(child.pid) * 1000
  }, LOOK_MS)
  const [code] = await once(child, 'exit')
  clearInterval(look)
  if (code !== 0) throw new Error(`reply:compose ended with ${code}`)
  const seconds = (performance.now() - began) / 1000
  return { perSecond: LETTERS / seconds, cpuMs: cpuMs / LETTERS, peakMb }
}

async function lettersOf(list: string): Promise<Letter[]> {
  const file = app.makePath('resources/letters/health-check.json')
  const read = await readTemplate(await readFile(file, 'utf8'))
  if (!read.ok) throw new Error(read.problems.join())
  const opened = await openList(Buffer.from(list), read.template)
  if (!opened.ok) throw new Error(opened.reason)
  const letters: Letter[] = []
  for await (const row of opened.rows()) {
    const checked = await checkRow(row, { template: read.template, size: 18, seen: new Map() })
    if (!checked.ok) throw new Error(checked.reasons.join())
    letters.push(checked.letter)
  }
  return letters
}

async function millisecondsEach(
  letters: Letter[],
  make: (letters: Letter[]) => Promise<unknown>
): Promise<number> {
  const began = performance.now()
  await make(letters)
  return (performance.now() - began) / letters.length
}

function withoutCodes(letters: Letter[]) {
  const bare = letters.map((letter) => ({ ...letter, to: { ...letter.to, postcode: '399-9900' } }))
  return letterProduct.typeset!(
    bare.map((letter) => ({ letter })),
    {}
  )
}

function withCodes(letters: Letter[]) {
  const sheets = letters.map((letter, index) => ({
    letter,
    sheet: { number: index + 1, code: 'ABCD2345', documentNumber: null, datedOn: today() },
  }))
  return letterProduct.typeset!(sheets, {})
}

/** Letters a second of the same content as a page each. */
async function byChromium(letters: Letter[]): Promise<number> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_FLAGS })
  try {
    const page = await browser.newPage()
    const began = performance.now()
    await page.setContent(await pageOf(letters))
    await page.pdf({ format: 'A4', printBackground: true })
    return letters.length / ((performance.now() - began) / 1000)
  } finally {
    await browser.close()
  }
}

async function pageOf(letters: Letter[]): Promise<string> {
  const pages = await Promise.all(
    letters.map(async ({ text, to, contact, date }, index) => {
      const bars = customerBarcode(to.postcode.replace('-', ''), addressCode(to.address)) ?? ''
      const drawn = [...bars]
        .map((bar, at) => {
          const top = bar === 'F' || bar === 'A' ? 0 : 12
          const end = bar === 'F' || bar === 'D' ? 36 : 24
          return `<rect x="${at * 12}" y="${top}" width="6" height="${end - top}"/>`
        })
        .join('')
      const lines = [...text.paragraphs, text.highlight, text.lead, ...text.items, ...text.closing]
      return `<section><p>〒${to.postcode}<br>${to.address}<br>${to.name} 様</p>
        <svg viewBox="0 0 800 36" width="64mm">${drawn}</svg><p>${date}<br>${text.sender}</p>
        <h1>${text.title}</h1>${lines.map((line) => `<p>${line.replaceAll('\n', '<br>')}</p>`).join('')}
        <p>${contact.office} ${contact.phone} ${contact.hours}</p>
        <p>通番 ${index + 1} ABCD2345 <span class="qr">${await qrSvg('HWS/ABCD2345')}</span></p></section>`
    })
  )
  return `<style>section { break-after: page; font: 18pt "Noto Sans CJK JP" } .qr svg { width: 12mm }</style>${pages.join('')}`
}
