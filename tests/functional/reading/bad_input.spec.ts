import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import sharp from 'sharp'
import { formCodeText } from '#app/catalog/form_code'
import type { Zone } from '#app/catalog/description'
import { Decoder } from '#app/reading/decoding/decoder'
import { MachineFailed } from '#app/core/machine_fault'
import { openPicture } from '#app/reading/gray_image'
import { findForm, type PaperForm } from '#app/reading/paper_form'
import type { FieldReading } from '#app/reading/read_field'
import { readPicture } from '#app/reading/read_picture'
import { Recognizer } from '#app/reading/recognizer'
import { shippedRules } from '#app/reading/shipped_rules'
import { fillIn } from '#app/samples/make_sample'
import type { MarkStyle } from '#app/samples/ink'
import { Random } from '#app/core/random'
import { qrSvg } from '#app/core/qr_code'
import { answers } from '#tests/support/given'

const PX = 200 / 25.4

async function vaccinationForm(): Promise<PaperForm> {
  const form = await findForm({ service: 'vaccination', version: 1 })
  if (!form) throw new Error('There is no vaccination form')
  return form
}

/** A page of a filled-in form, 200 dpi, as PNG. */
async function paper(
  page: 1 | 2,
  given: Record<string, string> = {},
  mark: MarkStyle = 'tick'
): Promise<Buffer> {
  const { description } = await vaccinationForm()
  const hand = { face: 'Klee One', mark }
  const pages = await fillIn(description, 1, answers(given), hand, new Random(7), 200)
  const { data, width, height } = pages[page - 1]
  return sharp(data, { raw: { width, height, channels: 1 } })
    .withMetadata({ density: 200 })
    .png()
    .toBuffer()
}

/** Draws onto a picture, in mm. */
async function drawn(picture: Buffer, svg: string): Promise<Buffer> {
  const { width, height } = await sharp(picture).metadata()
  const whole = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g transform="scale(${PX})">${svg}</g></svg>`
  return sharp(picture)
    .composite([{ input: Buffer.from(whole) }])
    .grayscale()
    .withMetadata({ density: 200 })
    .png()
    .toBuffer()
}

/** A file read as an upload would be: reason or fields. */
async function read(file: Buffer): Promise<{ reason: string } | Map<string, FieldReading>> {
  const reader = {
    find: findForm,
    recognizer: await app.container.make(Recognizer),
    rules: await shippedRules(),
  }
  const decoder = new Decoder()
  try {
    let found: { reason: string } | Map<string, FieldReading> = { reason: 'nothing decoded' }
    await decoder.decode(file, async ({ jpeg, dpi }) => {
      const result = await readPicture(await openPicture(jpeg), reader, dpi)
      found = result.ok
        ? new Map(result.fields.map((field) => [field.key, field]))
        : { reason: result.reason }
    })
    return found
  } finally {
    decoder.close()
  }
}

async function zone(field: string, option: string): Promise<Zone> {
  const { description } = await vaccinationForm()
  return description.zones.find((one) => one.field === field && one.option === option)!
}

const cross = ({ x, y, width, height }: Zone) =>
  `<path d="M${x + 1} ${y + 1} L${x + width - 1} ${y + height - 1} M${x + width - 1} ${y + 1} L${x + 1} ${y + height - 1}" stroke="#222" stroke-width="0.7"/>`

test.group('A decoding child that can’t be started', () => {
  test('is the machine’s fault, and no file is called broken', async ({ assert, cleanup }) => {
    const { execPath } = process
    cleanup(() => void (process.execPath = execPath))
    process.execPath = '/nowhere/node'
    const decoder = new Decoder()
    cleanup(() => decoder.close())
    const decoded = decoder.decode(Buffer.from('%PDF-1.7'), async () => {})
    await assert.rejects(() => decoded, MachineFailed)
  })
})

test.group('A page that can’t be trusted', () => {
  test('is named for what it is, and gives no values: {$self}')
    .with(['wrong_size', 'two_forms', 'too_few_markers', 'wrong_form', 'upside_down'] as const)
    .run(async ({ assert }, reason) => {
      assert.deepEqual(await read(await BAD[reason]()), { reason })
    })
    .timeout(60_000)

  test('unless it only lies upside down on the glass', async ({ assert }) => {
    const turned = await sharp(await paper(2))
      .rotate(180)
      .withMetadata({ density: 200 })
      .toBuffer()
    const fields = await read(turned)
    assert.instanceOf(fields, Map)
    if (fields instanceof Map) assert.equal(fields.get('vaccines')?.value, 'influenza')
  }).timeout(60_000)
})

const BAD = {
  async wrong_size() {
    const small = await sharp(await paper(1))
      .resize(1323)
      .toBuffer()
    return sharp({ create: { width: 1654, height: 2339, channels: 3, background: '#fff' } })
      .composite([{ input: small, left: 160, top: 200 }])
      .withMetadata({ density: 200 })
      .png()
      .toBuffer()
  },
  async two_forms() {
    return sharp({ create: { width: 3308, height: 2339, channels: 3, background: '#fff' } })
      .composite([
        { input: await paper(1), left: 0, top: 0 },
        { input: await paper(1), left: 1654, top: 0 },
      ])
      .withMetadata({ density: 200 })
      .png()
      .toBuffer()
  },
  async too_few_markers() {
    return sharp(await paper(1))
      .extract({ left: 0, top: 0, width: 1654, height: 1150 })
      .withMetadata({ density: 200 })
      .toBuffer()
  },
  /** another service's form with our code pasted over its own */
  async wrong_form() {
    const bus = await findForm({ service: 'bus', version: 1 })
    const { description } = bus!
    const hand = { face: 'Klee One', mark: 'tick' as const }
    const [page] = await fillIn(description, 1, {}, hand, new Random(7), 200)
    const code = await qrSvg(
      formCodeText({ service: 'vaccination', version: 1, page: 2, copy: 'ACDEFHJKLM' })
    )
    const qr = await sharp(Buffer.from(code))
      .resize(134, 134)
      .flatten({ background: '#fff' })
      .toBuffer()
    return sharp(page.data, { raw: { width: page.width, height: page.height, channels: 1 } })
      .toColourspace('srgb')
      .composite([{ input: qr, left: Math.round(168 * PX), top: Math.round(7 * PX) }])
      .withMetadata({ density: 200 })
      .png()
      .toBuffer()
  },
  /** the writer held the paper upside down: print one way, writing the other */
  async upside_down() {
    const form = await vaccinationForm()
    const blank = await form.blank(1)
    const written = await openPicture(await paper(1))
    const ink = written.data.map((level, index) => (blank.data[index] < 200 ? 255 : level))
    // Each answer stands on its head in its own box.
    const boxes = form.description.zones.filter((one) => one.part !== 'option' && one.page === 1)
    const data = Uint8Array.from(blank.data)
    for (const { x, y, width, height } of boxes) {
      const [left, top] = [Math.round((x + 0.8) * PX), Math.round((y + 0.8) * PX)]
      const [wide, high] = [Math.round((width - 1.6) * PX), Math.round((height - 1.6) * PX)]
      for (let row = 0; row < high; row++)
        for (let column = 0; column < wide; column++)
          data[(top + row) * blank.width + left + column] = Math.min(
            data[(top + row) * blank.width + left + column],
            ink[(top + high - 1 - row) * blank.width + left + wide - 1 - column]
          )
    }
    return sharp(data, { raw: { width: blank.width, height: blank.height, channels: 1 } })
      .withMetadata({ density: 200 })
      .png()
      .toBuffer()
  },
}

test.group('A mark', () => {
  test('is read whether ticked, crossed or filled: {$self}')
    .with(['tick', 'cross', 'fill'] as const)
    .run(async ({ assert }, style) => {
      const fields = await read(await paper(2, { companion: 'wheelchair' }, style))
      if (!(fields instanceof Map)) return assert.fail(fields.reason)
      assert.deepInclude(fields.get('companion'), { value: 'wheelchair', decision: 'offer' })
      assert.deepInclude(fields.get('vaccines'), { value: 'influenza', decision: 'offer' })
    })
    .timeout(60_000)

  test('of which there are two where one is allowed is asked', async ({ assert }) => {
    const picture = await drawn(
      await paper(2, { companion: 'none' }, 'cross'),
      cross(await zone('companion', 'one'))
    )
    const fields = await read(picture)
    if (!(fields instanceof Map)) return assert.fail(fields.reason)
    assert.deepInclude(fields.get('companion'), { decision: 'ask', reason: 'two_marks' })
  }).timeout(60_000)

  test('beside one that was filled in is asked: it may have been canceled', async ({ assert }) => {
    const { x, y, width, height } = await zone('vaccines', 'covid')
    const picture = await drawn(
      await paper(2, { vaccines: 'influenza' }, 'cross'),
      `<rect x="${x + 0.6}" y="${y + 0.6}" width="${width - 1.2}" height="${height - 1.2}" fill="#222"/>`
    )
    const fields = await read(picture)
    if (!(fields instanceof Map)) return assert.fail(fields.reason)
    assert.deepInclude(fields.get('vaccines'), { decision: 'ask', reason: 'canceled' })
  }).timeout(60_000)

  test('beside its box, or too pale, is asked', async ({ assert }) => {
    const { x, y, width, height } = await zone('companion', 'one')
    const beside = `<path d="M${x + width + 0.4} ${y + 2} l2 4 l4 -8" stroke="#222" stroke-width="0.6" fill="none"/>`
    const none = { companion: '', asked_by: '' }
    const stray = await read(await drawn(await paper(2, none), beside))
    const pale = await read(
      await drawn(
        await paper(2, none),
        `<path d="M${x + 1} ${y + 1} L${x + width - 1} ${y + height - 1}" stroke="#d4d4d4" stroke-width="1.2"/>`
      )
    )
    if (!(stray instanceof Map && pale instanceof Map)) return assert.fail('unread')
    assert.equal(stray.get('companion')?.decision, 'ask')
    assert.deepInclude(pale.get('companion'), { decision: 'ask', reason: 'faint' })
    assert.deepInclude(pale.get('asked_by'), { value: '', decision: 'offer' })
  }).timeout(60_000)

  test('so pale that an eye hardly sees it is no empty box', async ({ assert }) => {
    const { x, y, width, height } = await zone('companion', 'one')
    const fields = await read(
      await drawn(
        await paper(2, { companion: '', asked_by: '' }),
        `<path d="M${x + 1} ${y + 1} L${x + width - 1} ${y + height - 1}" stroke="#dcdcdc" stroke-width="0.6"/>`
      )
    )
    if (!(fields instanceof Map)) return assert.fail(fields.reason)
    assert.deepInclude(fields.get('companion'), { decision: 'ask', reason: 'faint' })
    assert.deepInclude(fields.get('asked_by'), { value: '', decision: 'offer' })
  }).timeout(60_000)
})

test.group('Writing', () => {
  test('with a pencil that an eye hardly sees is asked, not taken for nothing', async ({
    assert,
  }) => {
    const { description } = await vaccinationForm()
    const phone = description.zones.find((one) => one.field === 'phone')!
    const digits = [0, 1, 2, 3].map(
      (at) => `<path d="M${phone.x + 5 + at * 7} ${phone.y + 3} h3 l-2 6" fill="none"/>`
    )
    const pencil = `<g stroke="#dadada" stroke-width="0.5">${digits.join('')}</g>`
    const fields = await read(await drawn(await paper(1, { phone: '' }), pencil))
    if (!(fields instanceof Map)) return assert.fail(fields.reason)
    assert.deepInclude(fields.get('phone'), { decision: 'ask', reason: 'faint' })
    const empty = await read(await paper(1, { phone: '' }))
    if (!(empty instanceof Map)) return assert.fail(empty.reason)
    assert.deepInclude(empty.get('phone'), { value: '', decision: 'offer' })
  }).timeout(60_000)

  test('that is struck out, or under a seal, is asked', async ({ assert }) => {
    const { description } = await vaccinationForm()
    const kana = description.zones.find((one) => one.field === 'name_kana')!
    const name = description.zones.find((one) => one.field === 'name')!
    const line = (y: number) =>
      `<path d="M${kana.x + 2} ${y} h60" stroke="#222" stroke-width="0.5"/>`
    const seal = `<circle cx="${name.x + 110}" cy="${name.y + name.height / 2}" r="5" fill="none" stroke="#444" stroke-width="0.6"/>`
    const fields = await read(
      await drawn(await paper(1), line(kana.y + 5.5) + line(kana.y + 6.6) + seal)
    )
    if (!(fields instanceof Map)) return assert.fail(fields.reason)
    assert.deepInclude(fields.get('name_kana'), { decision: 'ask', reason: 'struck' })
    assert.deepInclude(fields.get('name'), { decision: 'ask', reason: 'seal' })
  }).timeout(60_000)

  test('keeps what each engine said of digits', async ({ assert }) => {
    const fields = await read(await paper(1))
    if (!(fields instanceof Map)) return assert.fail(fields.reason)
    const voucher = fields.get('voucher_number')!
    assert.equal(voucher.value, '1234567897')
    assert.deepEqual(
      voucher.candidates.map((one) => one.engine),
      ['digits', 'tesseract.js']
    )
  }).timeout(60_000)
})
