import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { removeGoneExports } from '#app/clients/exports/clean_up'
import { drainFlow } from '#app/flow/sweeper'
import { setClock, today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { readSealedStream, writeSealedStream } from '#app/core/sealed_stream'
import { createSealer, destroyDueKeys } from '#app/core/sealing'
import { eraseSubmission } from '#app/submissions/erase_submission'
import { givenKeyed, person, vaccination } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { takenOut } from '#tests/support/taken_out'
import { Visitor } from '#tests/support/visitor'

test.group('Exports', (group) => {
  group.each.setup(reset)

  test('are made by the workers, with row count and SHA-256, under headings in the reader’s language', async ({
    assert,
  }) => {
    const submission = await givenKeyed()
    const { service } = await vaccination()
    const client = await Visitor.loggedIn('kenko')
    const { location } = await client.post('/exports', { service_id: service.id })
    assert.include((await client.get(location!)).text, '作っています')
    assert.equal((await client.get(`${location}/values.csv`)).status, 404)
    await drainFlow()
    const page = (await client.get(location!)).text
    const file = await client.get(`${location}/values.csv`)
    assert.include(page, createHash('sha256').update(file.body).digest('hex'))
    assert.include(page, '取り出す (1行)')
    const [headings, row] = file.text.replace('\uFEFF', '').split('\r\n')
    assert.match(headings, /^"受付番号","届いた日","状態",/)
    assert.include(headings, '"お名前"')
    assert.include(row, submission.receipt)
    assert.notInclude(row, 'replying')

    await client.post('/locale', { locale: 'en' })
    const english = (await takenOut(client, { service_id: service.id })).file.text
    assert.match(english, /^\uFEFF"Receipt/)
    await client.post('/locale', { locale: 'ja' })
  })

  test('of what is new hold what nobody has fetched yet; a file that was only made is not taken', async ({
    assert,
  }) => {
    const first = await givenKeyed()
    const { service } = await vaccination()
    const client = await Visitor.loggedIn('kenko')
    const wishes = { service_id: service.id, only_new: '1' }
    await client.post('/exports', wishes)
    await drainFlow()
    const taken = await takenOut(client, wishes)
    assert.include(taken.file.text, first.receipt)
    const second = await givenKeyed({ voucher_number: '4111111111' })
    const next = await takenOut(client, wishes)
    assert.notInclude(next.file.text, first.receipt)
    assert.include(next.file.text, second.receipt)
    assert.include((await takenOut(client, wishes)).page.text, '当てはまる受付がありません')
    // A value was corrected: it is new again.
    await db.rawQuery(
      `insert into revisions (id, submission_id, number, cause) select gen_random_uuid(), submission_id, number + 1, 'corrected' from revisions where submission_id = ?`,
      [first.id]
    )
    assert.include((await takenOut(client, wishes)).page.text, '取り出す (1行)')
  })

  test('by period and state hold these alone', async ({ assert }) => {
    const submission = await givenKeyed()
    const { service } = await vaccination()
    const client = await Visitor.loggedIn('kenko')
    assert.include((await client.get('/exports')).text, 'ファイルを作る')
    const rows = async (wishes: Record<string, string>) =>
      (await takenOut(client, { service_id: service.id, ...wishes })).page.text
    assert.include(await rows({ arrived_from: today(), arrived_to: today() }), '取り出す (1行)')
    assert.include(await rows({ arrived_to: addDays(today(), -1) }), '当てはまる受付がありません')
    assert.include(await rows({ state: submission.state }), '取り出す (1行)')
    assert.include(await rows({ state: 'closed' }), '当てはまる受付がありません')
    const refused = await client.post('/exports', {
      service_id: service.id,
      arrived_to: '2026-02-31',
    })
    assert.include((await client.get(refused.location!)).text, 'サービスと日付を確かめてください')
  })

  test('are for who asked, go with whom they hold, and end after two weeks', async ({
    assert,
    cleanup,
  }) => {
    const submission = await givenKeyed()
    const { service } = await vaccination()
    const client = await Visitor.loggedIn('kenko')
    const { at } = await takenOut(client, { service_id: service.id })
    const admin = await Visitor.loggedIn('admin')
    assert.include((await admin.get(at)).text, '取り出せるのは頼んだ人だけです')
    assert.equal((await admin.get(`${at}/values.csv`)).status, 404)
    const kept = await takenOut(client, { service_id: service.id })
    cleanup(setClock(`${addDays(today(), 15)}T10:00:00+09:00`))
    await destroyDueKeys()
    assert.include((await client.get(kept.at)).text, '保存の期間')
    await removeGoneExports()
    assert.isEmpty(await db.from('exports').whereNotNull('file'))
    const again = await takenOut(client, { service_id: service.id })
    await eraseSubmission(submission.receipt, { actorId: (await person('admin')).id })
    assert.equal((await client.get(`${again.at}/values.csv`)).status, 404)
  })
})

test.group('A long sealed file', (group) => {
  group.each.setup(reset)

  test('is written and read part by part, and a cut or a swap is noticed', async ({ assert }) => {
    const sealer = await createSealer(db, 'test')
    const parts = Array.from({ length: 40 }, (_, index) => Buffer.alloc(70_000, index))
    async function* given() {
      yield* parts
    }
    const { path, bytes } = await writeSealedStream(sealer, 'exports', given())
    assert.equal(bytes, 40 * 70_000)
    const read = async () => {
      const found: Buffer[] = []
      for await (const part of readSealedStream(sealer, path)) found.push(part)
      return Buffer.concat(found)
    }
    assert.isTrue((await read()).equals(Buffer.concat(parts)))
    const { default: drive } = await import('@adonisjs/drive/services/main')
    const whole = Buffer.from(await drive.use().getBytes(path))
    const frame = 4 + whole.readUInt32BE(0)
    await drive.use().put(path, whole.subarray(0, 3 * frame))
    await assert.rejects(read, /The seal of/)
    const swapped = Buffer.concat([
      whole.subarray(frame, 2 * frame),
      whole.subarray(0, frame),
      whole.subarray(2 * frame),
    ])
    await drive.use().put(path, swapped)
    await assert.rejects(read, /The seal of/)
  })
})
