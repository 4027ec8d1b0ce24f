import { readdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { PDFDocument } from '@cantoo/pdf-lib'
import { test } from '@japa/runner'
import sharp from 'sharp'
import { drainFlow } from '#app/flow/sweeper'
import { asPdf, asTiff } from '#app/samples/make_sample'
import { newId } from '#app/core/ids'
import { sample, vaccination } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

async function fields(more: Record<string, string> = {}) {
  return { service_id: (await vaccination()).service.id, upload_key: newId(), ...more }
}

async function uploadAndRead(
  files: { name: string; content: Buffer }[],
  more: Record<string, string> = {}
) {
  const desk = await Visitor.loggedIn('madoguchi')
  const answer = await desk.upload(files, await fields(more))
  await drainFlow()
  return { desk, answer }
}

function pageStates(): Promise<{ number: number; state: string; reason: string | null }[]> {
  return db.from('pages').orderBy('number').select('number', 'state', 'reason')
}

/** Files in the temporary folder that have this size. */
async function leftOver(bytes: number): Promise<string[]> {
  const names = await readdir(tmpdir())
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(tmpdir(), name)).then(
        (one) => (one.isFile() ? one.size : -1),
        () => -1
      )
    )
  )
  return names.filter((_, index) => sizes[index] === bytes)
}

test.group('An upload', (group) => {
  group.each.setup(reset)

  test('leaves nothing in the temporary folder, taken or refused or sent to nowhere', async ({
    assert,
  }) => {
    const content = Buffer.alloc(54_321, 'x')
    const desk = await Visitor.loggedIn('madoguchi')
    const { service } = await vaccination()
    await desk.upload([{ name: 'no-form.pdf', content }], {
      service_id: service.id,
      upload_key: newId(),
    })
    assert.isEmpty(await leftOver(content.length))
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services')
    const form = new FormData()
    form.append('form', new Blob([new Uint8Array(content)]), 'blank.pdf')
    const answer = await leader.post('/services/nowhere/draft/form', form)
    assert.equal(answer.status, 404)
    assert.isEmpty(await leftOver(content.length))
  })
})

test.group('Intake', (group) => {
  group.each.setup(reset)

  test('finds every form of a file and gives each a receipt number', async ({ assert }) => {
    const forms = [await sample(21), await sample(22), await sample(23)]
    const { desk, answer } = await uploadAndRead([
      { name: 'stack.pdf', content: await asPdf(forms.flatMap((form) => form.pages)) },
    ])
    const { text } = await desk.get(answer.files[0].url!)
    const receipts = await db.from('submissions').select('receipt')
    assert.lengthOf(receipts, 3)
    for (const { receipt } of receipts) assert.include(text, receipt)
    assert.deepEqual(
      (await pageStates()).map((page) => page.state),
      Array(6).fill('matched')
    )
  }).timeout(60_000)

  test('takes a TIFF of several pages, and joins sides that came as two files', async ({
    assert,
  }) => {
    const [fax, split] = [await sample(24), await sample(25)]
    const [front, back] = [split.pages[0], await sharp(split.pages[1]).png().toBuffer()]
    await uploadAndRead([
      { name: 'fax.tif', content: await asTiff(fax.pages) },
      { name: 'front.jpg', content: front },
      { name: 'back.png', content: back },
    ])
    assert.lengthOf(await db.from('submissions'), 2)
    assert.deepEqual(
      (await pageStates()).map((page) => page.state),
      Array(4).fill('matched')
    )
    assert.lengthOf(await db.from('tasks').where({ kind: 'pair', state: 'open' }), 0)
  }).timeout(60_000)

  test('asks what a page is that has no code, or a stranger’s', async ({ assert }) => {
    const photo = await sharp({
      create: { width: 1200, height: 1700, channels: 3, background: '#eee' },
    })
      .jpeg()
      .toBuffer()
    const { desk } = await uploadAndRead([{ name: 'photo.jpg', content: photo }])
    // It fits none of the forms of its service, and somebody's form here bears a My Number: it could be anything.
    assert.deepEqual(await pageStates(), [{ number: 1, state: 'identify', reason: 'maybe_number' }])
    assert.include((await desk.get('/scans')).text, '人に聞く 1ページ: 個人番号が写っているかも')
    assert.lengthOf(await db.from('tasks').where({ kind: 'identify', state: 'open' }), 1)
  })

  test('refuses with what to do, and keeps nothing of it', async ({ assert }) => {
    const locked = await PDFDocument.create()
    locked.addPage()
    locked.encrypt({ userPassword: 'secret', ownerPassword: 'secret' })
    const whole = await asPdf((await sample(26)).pages)
    const { desk, answer } = await uploadAndRead([
      { name: 'empty.pdf', content: Buffer.alloc(0) },
      { name: 'letter.docx', content: Buffer.from('PK\u0003\u0004 not a scan') },
      { name: 'locked.pdf', content: Buffer.from(await locked.save()) },
      { name: 'cut.pdf', content: whole.subarray(0, Math.round(whole.length / 2)) },
      { name: 'cut.jpg', content: (await sample(26)).pages[0].subarray(0, 20_000) },
    ])
    assert.include(answer.files[0].message, '0バイト')
    assert.include(answer.files[1].message, 'PDF・TIFF・JPEG・PNG')
    assert.include((await desk.get('/scans')).text, 'パスワード')
    const reasons = await db.from('scans').orderBy('created_at').select('state', 'reason')
    assert.deepEqual(reasons, [
      { state: 'refused', reason: 'password' },
      { state: 'refused', reason: 'broken' },
      { state: 'refused', reason: 'broken' },
    ])
    assert.include((await desk.get(answer.files[2].url!)).text, 'パスワードを外して')
    assert.lengthOf(await db.from('pages').whereNot('state', 'set_aside'), 0)
  }).timeout(60_000)

  test('refuses a file of more than 50 MB', async ({ assert }) => {
    const desk = await Visitor.loggedIn('madoguchi')
    const answer = await desk.upload(
      [
        {
          name: 'huge.pdf',
          content: Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(50 * 1024 * 1024)]),
        },
      ],
      await fields()
    )
    assert.isFalse(answer.files[0].ok)
    assert.include(answer.files[0].message, '50MB')
    assert.lengthOf(await db.from('scans'), 0)
  }).timeout(30_000)

  test('takes the same upload once: double click, reload, second tab', async ({ assert }) => {
    const content = await asPdf((await sample(27)).pages)
    const desk = await Visitor.loggedIn('madoguchi')
    const same = await fields()
    const answers = await Promise.all([
      desk.upload([{ name: 'a.pdf', content }], same),
      desk.upload([{ name: 'a.pdf', content }], same),
      desk.upload([{ name: 'b.pdf', content }], await fields()),
    ])
    assert.lengthOf(new Set(answers.map((answer) => answer.files[0].url)), 1)
    assert.lengthOf(await db.from('scans'), 1)
    await drainFlow()
    assert.lengthOf(await db.from('submissions'), 1)
  })

  test('keeps who looked at a page', async ({ assert }) => {
    const { desk } = await uploadAndRead([
      { name: 'a.pdf', content: await asPdf((await sample(28)).pages) },
    ])
    const page = await db.from('pages').firstOrFail()
    assert.equal((await desk.get(`/pages/${page.id}/image`)).status, 200)
    const viewed = await db.from('events').where({ verb: 'page.viewed', subject_id: page.id })
    assert.lengthOf(viewed, 1)
    assert.isNotNull(viewed[0].actor_id)
  })
})
