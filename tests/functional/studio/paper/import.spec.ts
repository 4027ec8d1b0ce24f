import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { cityForm } from '#tests/support/city_form'
import sharp from 'sharp'
import {
  around,
  overlapOf,
  type ProposedZone,
  type Rectangle,
} from '#app/reading/layout/blank_page'
import { removePlace } from '#app/studio/paper/edit_places'
import { openPaper } from '#app/reading/layout/open_paper'
import { paperOfKit } from '#app/studio/paper/paper_of_kit'
import { openBlank, readBlank } from '#app/reading/layout/read_blank'
import { describe } from '#app/catalog/lay_out'
import { readServiceFiles } from '#app/catalog/service_files'
import { typesetForm } from '#app/catalog/typeset_form'
import { skewOf } from '#app/reading/layout/straighten'
import { squareCodesIn } from '#app/reading/bar_codes'
import { Decoder } from '#app/reading/decoding/decoder'
import { Recognizer } from '#app/reading/recognizer'
import { rasterize, type Raster } from '#app/core/rasterize'

/** Where the answers go, as the form's own definition says: one place for each row of cells. */
async function trueZones(): Promise<(Rectangle & { page: number })[]> {
  const { zones } = await describe(await readServiceFiles('vaccination'))
  const cells = zones.filter((zone) => zone.part === 'cell').sort((a, b) => a.x - b.x)
  const rows: (typeof zones)[] = []
  for (const cell of cells) {
    const row = rows.find((one) => {
      const last = one[one.length - 1]
      return (
        last.field === cell.field && last.page === cell.page && cell.x - last.x - last.width < 0.1
      )
    })
    if (row) row.push(cell)
    else rows.push([cell])
  }
  return [
    ...zones.filter((zone) => zone.part !== 'cell'),
    ...rows.map((row) => ({ ...around(row), page: row[0].page })),
  ]
}

/** A page as a scanner takes it in when it leans by so many degrees. */
async function askew({ data, width, height }: Raster, degrees: number): Promise<Buffer> {
  const turned = await sharp(data, { raw: { width, height, channels: 1 } })
    .rotate(degrees, { background: '#fff' })
    .png()
    .toBuffer({ resolveWithObject: true })
  const left = (turned.info.width - width) >> 1
  const top = (turned.info.height - height) >> 1
  return sharp(turned.data).extract({ left, top, width, height }).jpeg({ quality: 85 }).toBuffer()
}

function f1(found: ProposedZone[], truth: (Rectangle & { page: number })[]): number {
  const met = truth.filter((zone) =>
    found.some((one) => one.page === zone.page && overlapOf(one, zone) >= 0.5)
  ).length
  return (2 * met) / (found.length + truth.length)
}

test.group('A blank form', (group) => {
  let decoder: Decoder
  let recognizer: Recognizer
  group.setup(async () => {
    decoder = new Decoder()
    recognizer = await app.container.make(Recognizer)
    return () => decoder.close()
  })

  test('as PDF tells where answers go: boxes, combs and tick boxes with their names', async ({
    assert,
  }) => {
    const form = await typesetForm(await readServiceFiles('vaccination'), 1, ['0'])
    const blank = await readBlank(decoder, recognizer, form.pdf)
    assert.isTrue(blank.ok)
    if (!blank.ok) return
    assert.isAbove(f1(blank.zones, await trueZones()), 0.95)
    const named = (kind: string) =>
      blank.zones.filter((zone) => zone.kind === kind).map((zone) => zone.label)
    assert.includeMembers(named('box'), ['ふりがな', 'お名前', 'ご住所'])
    assert.includeMembers(named('tick'), ['大正', '昭和', '本人', '家族'])
    assert.include(
      blank.zones.filter((zone) => zone.kind === 'comb').map((zone) => zone.cells),
      10
    )
  }).timeout(60_000)

  test('that was scanned askew is set upright and read: places, boxes to tick and names', async ({
    assert,
  }) => {
    const form = await typesetForm(await readServiceFiles('vaccination'), 1, ['0'])
    const [page] = await rasterize(form.pdf)
    const blank = await readBlank(decoder, recognizer, await askew(page, 0.7))
    assert.isTrue(blank.ok)
    if (!blank.ok) return
    const truth = (await trueZones()).filter((zone) => zone.page === 1)
    assert.isAbove(f1(blank.zones, truth), 0.9)
    assert.closeTo(skewOf(blank.pages[0].image), 0, 0.06)
    const labels = blank.zones.map((zone) => zone.label)
    assert.includeMembers(labels, ['お名前', 'ご住所', '郵便番号', '大正', '昭和'])
  }).timeout(60_000)

  test('that was set upright comes out of its kit as its places were measured', async ({
    assert,
  }) => {
    const files = await readServiceFiles('bus')
    const [, back] = await rasterize((await typesetForm(files, 1, ['0'])).pdf)
    const file = await askew(back, 1.2)
    const opened = await openPaper(file)
    assert.isTrue(opened.ok)
    if (!opened.ok) return
    assert.closeTo(opened.ownPaper.turned![0], -1.2, 0.06)
    const paper = await paperOfKit({ ...files, ownPaper: opened.ownPaper }, async () => file)
    assert.isTrue(paper!.blanks[0].equals(opened.paper.blanks[0]))
    // Naming its places leaves the sheet as it was set upright.
    const named = removePlace({ ...files, ownPaper: opened.ownPaper }, opened.ownPaper.places[0].id)
    assert.deepEqual(named.ownPaper!.turned, opened.ownPaper.turned)
    const untold = { ...opened.ownPaper, turned: undefined }
    const asItIs = await paperOfKit({ ...files, ownPaper: untold }, async () => file)
    assert.isFalse(asItIs!.blanks[0].equals(opened.paper.blanks[0]))
  }).timeout(60_000)

  test('with 回 in its words has no box to tick there, though it was scanned', async ({
    assert,
  }) => {
    const files = await readServiceFiles('vaccination')
    const named = { ja: '接種の回数と、前回の回答', en: 'Doses' }
    files.groups[0].fields[0].label = named
    const [page] = await rasterize((await typesetForm(files, 1, ['0'])).pdf)
    const blank = await readBlank(decoder, recognizer, await askew(page, 0))
    assert.isTrue(blank.ok)
    if (!blank.ok) return
    const found = blank.zones.filter((zone) => zone.kind === 'tick')
    const { zones } = await describe(files)
    const printed = zones.filter((zone) => zone.part === 'option' && zone.page === 1)
    assert.lengthOf(found, printed.length, JSON.stringify(found))
    for (const box of printed)
      assert.isTrue(
        found.some((one) => overlapOf(one, box) > 0.2),
        JSON.stringify(found)
      )
  }).timeout(60_000)

  test('has no place to write in a code, though a code is full of little squares', async ({
    assert,
  }) => {
    const copies = Array.from({ length: 10 }, (_, index) => String(index))
    const form = await typesetForm(await readServiceFiles('bus'), 1, copies)
    const codes = []
    for (const { data, width, height } of await rasterize(form.pdf)) {
      const [{ box }] = await squareCodesIn({ data, width, height })
      const edges = {
        left: box.left - 8,
        top: box.top - 8,
        width: box.width + 16,
        height: box.height + 16,
      }
      codes.push(
        await sharp(data, { raw: { width, height, channels: 1 } })
          .extract(edges)
          .png()
          .toBuffer()
      )
    }
    const sheet = await sharp({
      create: { width: 1654, height: 2339, channels: 3, background: '#fff' },
    })
      .composite(
        codes.slice(0, 20).map((input, index) => ({
          input,
          left: 100 + (index % 4) * 380,
          top: 100 + Math.floor(index / 4) * 400,
        }))
      )
      .jpeg({ quality: 85 })
      .toBuffer()
    const blank = await readBlank(decoder, recognizer, sheet)
    assert.isTrue(blank.ok)
    assert.deepEqual(blank.ok ? blank.zones : null, [])
  }).timeout(60_000)

  test('is as large as its paper, though a camera lay on its side or a fax has flat pixels', async ({
    assert,
  }) => {
    const form = await typesetForm(await readServiceFiles('vaccination'), 1, ['0'])
    const upright = await askew((await rasterize(form.pdf))[0], 0)
    const onItsSide = await sharp(upright).rotate(270).withMetadata({ orientation: 6 }).toBuffer()
    const fax = await sharp(upright)
      .resize({ width: 1728, height: 1145, fit: 'fill' })
      .tiff({ compression: 'deflate', xres: 204 / 25.4, yres: 98 / 25.4 })
      .toBuffer()
    for (const file of [onItsSide, fax]) {
      const opened = await openBlank(decoder, file)
      assert.isTrue(opened.ok)
      if (!opened.ok) return
      assert.equal(opened.pages[0].widthMm, 210)
      assert.closeTo(opened.pages[0].heightMm, 297, 12)
    }
  }).timeout(60_000)

  test('photographed with the desk around it is refused: its places would lie elsewhere', async ({
    assert,
  }) => {
    const form = await typesetForm(await readServiceFiles('vaccination'), 1, ['0'])
    const [page] = await rasterize(form.pdf)
    const onDesk = await sharp(await askew(page, 0))
      .extend({ top: 200, bottom: 200, left: 150, right: 150, background: '#765' })
      .jpeg()
      .toBuffer()
    assert.deepEqual(await readBlank(decoder, recognizer, onDesk), {
      ok: false,
      reason: 'not_flat',
    })
  }).timeout(60_000)

  test('of more pages than a form has is refused', async ({ assert }) => {
    const form = await typesetForm(await readServiceFiles('vaccination'), 1, Array(11).fill('0'))
    assert.deepEqual(await readBlank(decoder, recognizer, form.pdf), {
      ok: false,
      reason: 'too_many_pages',
    })
  }).timeout(60_000)

  test('that is no form of paper is refused in one word', async ({ assert }) => {
    assert.deepEqual(await readBlank(decoder, recognizer, Buffer.from('hello')), {
      ok: false,
      reason: 'not_a_scan',
    })
  })

  test('with rings to be filled in: they are found, letters are not', async ({ assert }) => {
    const blank = await readBlank(decoder, recognizer, await cityForm('OOO Club'))
    assert.isTrue(blank.ok)
    const ticks = blank.ok ? blank.zones.filter((zone) => zone.kind === 'tick') : []
    assert.deepEqual(
      ticks.map((zone) => zone.label),
      ['Monday', 'Wednesday', 'Saturday', 'Always', 'Never']
    )
    assert.closeTo(ticks[3].width, 3, 0.4)
  })
})
