import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import sharp from 'sharp'
import Service from '#app/catalog/service'
import { newestVersion } from '#app/catalog/frozen_version'
import { drainFlow } from '#app/flow/sweeper'
import Page from '#app/intake/page'
import { receiveScan } from '#app/intake/receive_scan'
import { blackOut } from '#app/intake/black_out'
import { unreadable } from '#app/intake/unreadable'
import { allCodesIn, qrCodesIn } from '#app/reading/bar_codes'
import { openPicture } from '#app/reading/gray_image'
import { SCALE } from '#app/reading/registered_page'
import { asPdf, makeSample } from '#app/samples/make_sample'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { qrSvg } from '#app/core/qr_code'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'
import { person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

async function onestop() {
  const service = await Service.findByOrFail('slug', 'onestop')
  return { service, version: await newestVersion(service.id) }
}

/** Figures in the My Number box of a page, as somebody wrote them. */
async function withNumber(
  page: Buffer,
  box: { x: number; y: number; height: number }
): Promise<Buffer> {
  const { width, height } = await sharp(page).metadata()
  const figures = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><text x="${box.x * SCALE + 20}" y="${(box.y + box.height - 2) * SCALE}" font-size="64" letter-spacing="30">123456789018</text></svg>`
  return sharp(page)
    .composite([{ input: Buffer.from(figures) }])
    .jpeg()
    .toBuffer()
}

async function upload(pages: Buffer[], slug = 'onestop'): Promise<string> {
  const service = await Service.findByOrFail('slug', slug)
  await receiveScan(await person('madoguchi'), service, {
    key: newId(),
    name: 'onestop.pdf',
    content: await asPdf(pages),
  })
  await drainFlow()
  const scan: { id: string } = await db.from('scans').select('id').firstOrFail()
  return scan.id
}

async function picturesOf(page: Page): Promise<Buffer[]> {
  const sealer = await openSealer(page.dataKeyId)
  const files = [page.image, page.registeredImage].filter((file) => file !== null)
  return Promise.all(files.map((file) => readSealedFile(sealer, file)))
}

test.group('My Number', (group) => {
  group.each.setup(reset)

  test('is blackened in every picture that is kept, and the original can’t be opened any more', async ({
    assert,
  }) => {
    const { version } = await onestop()
    const sample = await makeSample(version.description, version.number, 5, today())
    const [box] = version.description.blackouts!
    const scanId = await upload([sample.pages[0], await withNumber(sample.pages[1], box)])
    const page = await Page.query().where({ scanId, formPage: 2 }).firstOrFail()
    assert.equal(page.state, 'matched')
    const [, registered] = await picturesOf(page)
    const picture = await openPicture(registered)
    const levels = [0.05, 0.3, 0.6, 0.95].map(
      (share) =>
        picture.data[
          Math.round((box.y + box.height / 2) * SCALE) * picture.width +
            Math.round((box.x + box.width * share) * SCALE)
        ]
    )
    assert.isTrue(
      levels.every((level) => level < 40),
      levels.join()
    )
    const key = await db
      .from('data_keys')
      .join('scans', 'scans.data_key_id', 'data_keys.id')
      .where('scans.id', scanId)
      .select('data_keys.wrapped', 'data_keys.destroyed_at')
      .firstOrFail()
    assert.isNull(key.wrapped)
    assert.isNotNull(key.destroyed_at)
  }).timeout(60_000)

  test('is blackened also in post that was taken in for another department', async ({ assert }) => {
    const { version } = await onestop()
    const sample = await makeSample(version.description, version.number, 5, today())
    const [box] = version.description.blackouts!
    const scanId = await upload([await withNumber(sample.pages[1], box)], 'vaccination')
    const page = await Page.query().where({ scanId }).firstOrFail()
    const [picture] = await picturesOf(page)
    const { data, width } = await openPicture(picture)
    const at = (mm: { x: number; y: number }) =>
      data[Math.round(mm.y * SCALE) * width + Math.round(mm.x * SCALE)]
    assert.isBelow(at({ x: box.x + box.width / 2, y: box.y + box.height / 2 }), 60)
    const key = await db
      .from('data_keys')
      .join('scans', 'scans.data_key_id', 'data_keys.id')
      .where('scans.id', scanId)
      .select('data_keys.wrapped')
      .firstOrFail()
    assert.isNull(key.wrapped)
  }).timeout(60_000)

  test('of two sheets in one picture is blurred: one code doesn’t speak for both', async ({
    assert,
  }) => {
    const { version } = await onestop()
    const sample = await makeSample(version.description, version.number, 5, today())
    const both = await sharp({
      create: { width: 3308, height: 2339, channels: 3, background: '#fff' },
    })
      .composite([
        { input: sample.pages[0], left: 0, top: 0 },
        { input: sample.pages[1], left: 1654, top: 0 },
      ])
      .jpeg()
      .toBuffer()
    const scanId = await upload([both])
    const page = await Page.query().where({ scanId }).firstOrFail()
    assert.deepInclude(page.serialize(), { state: 'identify', reason: 'maybe_number' })
  }).timeout(60_000)

  test('may stand on a page that can’t be told: only a blur of it is kept, for a person on site', async ({
    assert,
  }) => {
    const card = await sharp({
      create: { width: 1654, height: 2339, channels: 3, background: '#fff' },
    })
      .composite([
        {
          input: Buffer.from(
            '<svg xmlns="http://www.w3.org/2000/svg" width="1654" height="2339"><text x="300" y="600" font-size="60">1234 5678 9018</text></svg>'
          ),
        },
      ])
      .jpeg()
      .toBuffer()
    const scanId = await upload([card])
    const page = await Page.query().where({ scanId }).firstOrFail()
    assert.deepInclude(page.serialize(), { state: 'identify', reason: 'maybe_number' })
    const [picture] = await picturesOf(page)
    const { width, height } = await sharp(picture).metadata()
    assert.isBelow(Math.max(width, height), 300)
    const tasks = await db.from('tasks').where({ kind: 'identify', subject_id: page.id })
    assert.lengthOf(tasks, 1)
    const leader = await Visitor.loggedIn('leader')
    const { location } = await leader.post('/work/assignments', { kind: 'identify' })
    const screen = await leader.get(location!)
    assert.equal(screen.status, 200)
    // Such a page is never read as one of the forms.
    assert.notInclude(screen.text, 'value="form:')
    assert.include(screen.text, 'value="aside:attachment"')
  }).timeout(60_000)

  /** A card or a cutting of it, `scale` times as large as on a page, with a number on it. */
  async function cardWith(number: string, scale: number): Promise<Buffer> {
    const [width, height] = [900, 560]
    return sharp({ create: { width, height, channels: 3, background: '#eee' } })
      .composite([
        {
          input: Buffer.from(
            `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><text x="20" y="${height / 2}" font-family="BIZ UDPGothic, sans-serif" font-size="${40 * scale}" letter-spacing="${4 * scale}">${number}</text></svg>`
          ),
        },
      ])
      .jpeg({ quality: 95 })
      .toBuffer()
  }

  test('can’t be read from what is kept of a close-up, however close: {$self}')
    .with([1, 1.8, 4, 10])
    .run(async ({ assert }, scale) => {
      const kept = await Promise.all(
        ['123456789018', '888811117400'].map(async (number) => {
          const jpeg = await cardWith(number, scale)
          const { data } = await sharp(await unreadable(jpeg, await openPicture(jpeg)))
            .grayscale()
            .raw()
            .toBuffer({ resolveWithObject: true })
          return data
        })
      )
      // Two different numbers leave the same picture, but for a step of gray.
      const largest = Math.max(...kept[0].map((level, at) => Math.abs(level - kept[1][at])))
      assert.isAtMost(largest, 60)
    })

  test('is not kept of a page whose code can’t be read, whatever it was handed in for', async ({
    assert,
  }) => {
    const { version } = await onestop()
    const sample = await makeSample(version.description, version.number, 5, today())
    const [box] = version.description.blackouts!
    const page = await withNumber(sample.pages[1], box)
    const { width, height } = await sharp(page).metadata()
    const code = await readFormCodeBox(page)
    const torn = await sharp(page)
      .composite([
        {
          input: Buffer.from(
            `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect x="${code.left - 6}" y="${code.top - 6}" width="${code.width + 12}" height="${code.height + 12}" fill="#fff"/></svg>`
          ),
        },
      ])
      .jpeg()
      .toBuffer()
    const scanId = await upload([torn], 'vaccination')
    const kept = await Page.query().where({ scanId }).firstOrFail()
    const [picture] = await picturesOf(kept)
    const opened = await openPicture(picture)
    const middle = [box.x + box.width / 2, box.y + box.height / 2].map((mm) => mm * SCALE)
    const isBlack =
      opened.width > 1000 &&
      opened.data[Math.round(middle[1]) * opened.width + Math.round(middle[0])] < 60
    assert.isTrue(isBlack || kept.reason === 'maybe_number')
    const scan = await db.from('scans').where('id', scanId).firstOrFail()
    const key = await db.from('data_keys').where('id', scan.data_key_id).firstOrFail()
    assert.isNull(key.wrapped)
  }).timeout(60_000)

  test('is not kept where it was written in the margin, and no code that isn’t ours', async ({
    assert,
  }) => {
    const { version } = await onestop()
    const sample = await makeSample(version.description, version.number, 5, today())
    const { width, height } = await sharp(sample.pages[0]).metadata()
    const qr = await sharp(Buffer.from(await qrSvg('1234567890181')))
      .resize(220, 220)
      .png()
      .toBuffer()
    const [x, y] = [14 * SCALE, 276 * SCALE]
    const written = await sharp(sample.pages[0])
      .composite([
        {
          input: Buffer.from(
            `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><text x="${x}" y="${y}" font-size="44" letter-spacing="10">123456789018</text></svg>`
          ),
        },
        { input: qr, left: 1150, top: Math.round(240 * SCALE) },
      ])
      .jpeg({ quality: 95 })
      .toBuffer()
    const kept = await blackOut(written, {
      clientId: (await onestop()).service.clientId,
      serviceId: (await onestop()).service.id,
      guarded: true,
      numbersAbound: true,
    })
    assert.equal(kept.kept, 'blackened')
    const picture = await openPicture(kept.jpeg)
    const dark = (left: number, top: number, w: number, h: number) => {
      let count = 0
      for (let row = top; row < top + h; row++)
        for (let column = left; column < left + w; column++)
          if (picture.data[row * picture.width + column] < 60) count++
      return count / (w * h)
    }
    assert.isAbove(dark(Math.round(x + 40), Math.round(y - 28), 300, 20), 0.95)
    assert.isAbove(dark(1160, Math.round(240 * SCALE) + 20, 180, 180), 0.95)
    assert.lengthOf(
      (await allCodesIn(picture)).filter(({ text }) => text.includes('1234567890181')),
      0
    )
  }).timeout(60_000)
})

/** Where the form's own code lies, px. */
async function readFormCodeBox(jpeg: Buffer) {
  const [code] = await qrCodesIn(await openPicture(jpeg))
  return code.box
}
