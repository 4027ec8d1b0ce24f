import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import iconv from 'iconv-lite'
import encryption from '@adonisjs/core/services/encryption'
import { test } from '@japa/runner'
import { eraseSubmission } from '#app/submissions/erase_submission'
import { latestValues } from '#app/submissions/revision_values'
import { rotateKeys } from '#app/submissions/rotate_keys'
import { readSealedFile } from '#app/core/sealed_files'
import { blindIndex, blindIndexes, openSealer, SealBroken } from '#app/core/sealing'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import { drainFlow } from '#app/flow/sweeper'
import { contentHash, refreshContentHashes } from '#app/intake/content_hash'
import { receiveScan } from '#app/intake/receive_scan'
import { asPdf } from '#app/samples/make_sample'
import { newId } from '#app/core/ids'
import { givenKeyed, person, runWishes, sample, vaccination } from '#tests/support/given'
import { takenOut } from '#tests/support/taken_out'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** Every byte that the database holds, as text. */
async function databaseText(): Promise<string> {
  const tables: { name: string }[] = (
    await db.rawQuery(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'queue')`
    )
  ).rows
  const texts: string[] = []
  for (const { name } of tables)
    texts.push(
      (await db.rawQuery(`select coalesce(string_agg(t::text, ' '), '') as text from ${name} t`))
        .rows[0].text
    )
  return texts.join(' ')
}

test.group('Personal data', (group) => {
  group.each.setup(reset)

  test('the search finds whatever bears the name, of what somebody may open', async ({
    assert,
  }) => {
    const find = async (login: string, q: string) => {
      const answer = await (await Visitor.loggedIn(login)).post('/submissions/searches', { q })
      assert.equal(answer.status, 200, `${login} ${q}`)
      return answer.text
    }
    const { id } = await person('operator1')
    assert.include(await find('admin', '佐藤'), `href="/people/${id}"`)
    assert.include(await find('admin', '従事者'), '<a href="/operators">従事者名簿</a>')
    const calendar = await db.from('calendars').whereRaw(`name->>'ja' like 'あお%'`).firstOrFail()
    assert.include(await find('admin', 'あお'), `href="/calendars/${calendar.id}"`)
    assert.include(await find('admin', 'オンデマンド'), 'href="/services/bus"')
    // A percent sign is one.
    assert.notInclude(await find('admin', '%'), '/people/')
    // Who may open none of these finds the screens of their own menu, and nothing else.
    const operator = await find('operator1', '佐藤')
    assert.notInclude(operator, '/people/')
    assert.include(operator, '見つかりません')
    assert.include(await find('operator1', '席'), '<a href="/seats">')
    assert.notInclude(await find('kifu', '佐藤'), '/people/')
    assert.notInclude(await find('kifu', 'あお'), `/calendars/${calendar.id}`)
  })

  test('lie sealed: no name, phone or address stands anywhere in the database or its queue', async ({
    assert,
  }) => {
    await givenKeyed()
    const text = await databaseText()
    const hex = (value: string) => Buffer.from(value, 'utf8').toString('hex')
    for (const value of [
      '山田 はるゑ',
      'ヤマダ',
      '0263001234',
      // Towns stand in the public list of postcodes; where somebody lives doesn't.
      '大字上久保1234番地5',
      '1234567897',
      'あさがお',
    ]) {
      assert.notInclude(text, value)
      assert.notInclude(text, hex(value))
    }
  })

  test('are found by kana, phone, its last digits and receipt number, and by nothing else', async ({
    assert,
  }) => {
    const submission = await givenKeyed()
    await givenKeyed({
      name_kana: 'コバヤシ マコト',
      phone: '0263005678',
      voucher_number: '4111111111',
    })
    const desk = await Visitor.loggedIn('madoguchi')
    for (const q of ['やまだ', 'ヤマダ　ハルエ', '0263-00-1234', '1234', submission.receipt]) {
      const answer = await desk.post('/submissions/searches', { q })
      assert.equal(answer.location, `/submissions/${submission.id}`, q)
    }
    assert.include(
      (await desk.post('/submissions/searches', { q: 'スズキ' })).text,
      '見つかりませんでした'
    )
  })

  test('are gone for good when erased, also from shared scans and print runs', async ({
    assert,
  }) => {
    const submission = await givenKeyed()
    const admin = await person('admin')
    const planned = await planPrintRun(admin, submission.clientId, newId(), runWishes())
    await drainFlow()
    const scan = await db.from('scans').firstOrFail()
    const run = await db.from('print_runs').firstOrFail()
    assert.isTrue(planned.ok)
    assert.equal((await eraseSubmission(submission.receipt)).outcome, 'erased')
    assert.equal((await eraseSubmission(submission.receipt)).outcome, 'gone')
    await submission.refresh()
    await assert.rejects(() => latestValues(submission), SealBroken)
    for (const row of [scan, run])
      await assert.rejects(async () => readSealedFile(await openSealer(row.data_key_id), row.file))
    assert.lengthOf(await db.from('search_tokens'), 0)
    // What is left is the key of the run's next PDF, which has nobody in it.
    const living = await db.from('data_keys').whereNotNull('wrapped').select('id')
    const { data_key_id: next } = await db.from('print_runs').firstOrFail()
    assert.deepEqual(living, [{ id: next }])
    await drainFlow()
    assert.equal((await db.from('sheets').firstOrFail()).state, 'pulled')
    assert.isNull((await db.from('print_runs').firstOrFail()).file)
    const desk = await Visitor.loggedIn('madoguchi')
    assert.include((await desk.get(`/submissions/${submission.id}`)).text, '消去されました')
    assert.equal((await desk.get('/scans')).status, 200)
    assert.equal((await desk.get('/submissions')).status, 200)
  })

  test('stay readable and findable when the sealing key is rotated', async ({ assert }) => {
    const submission = await givenKeyed()
    const before: { id: string; wrapped: string }[] = await db
      .from('data_keys')
      .select('id', 'wrapped')
    const result = await rotateKeys()
    assert.equal(result.dataKeys, before.length)
    assert.equal(result.submissions, 1)
    const after = new Map(
      (await db.from('data_keys').select('id', 'wrapped')).map((row) => [row.id, row.wrapped])
    )
    for (const row of before) {
      assert.notEqual(after.get(row.id), row.wrapped)
      assert.isString(encryption.use('sealing').decrypt(after.get(row.id)!, `data_key:${row.id}`))
    }
    assert.equal((await latestValues(submission))?.values.get('name')?.value, '山田 はるゑ')
    const desk = await Visitor.loggedIn('madoguchi')
    assert.equal(
      (await desk.post('/submissions/searches', { q: 'やまだ' })).location,
      `/submissions/${submission.id}`
    )
  })

  test('a file that came before is known after any rotation, whatever version took it in', async ({
    assert,
  }) => {
    const { service } = await vaccination()
    const content = await asPdf((await sample(44)).pages)
    const send = async () => {
      const received = await receiveScan(await person('madoguchi'), service, {
        key: newId(),
        name: 'form.pdf',
        content,
      })
      if (!received.ok) throw new Error(received.reason)
      return received
    }
    const first = await send()
    const kept = () => db.from('scans').where('id', first.scan.id).firstOrFail()
    // As an earlier version kept it: bound to the sealing key of its time.
    const sha = createHash('sha256').update(content).digest('hex')
    await db.from('scans').update({ content_hash: blindIndex(sha, 'content') })
    assert.isTrue((await send()).known)
    assert.equal(await refreshContentHashes(), 1)
    const hash = (await kept()).content_hash
    await rotateKeys()
    assert.equal(await contentHash(content), hash)
    // Nothing of it is made with a sealing key, so the old one may go.
    assert.notInclude(blindIndexes(sha, 'content'), hash)
    assert.isTrue((await send()).known)
    assert.lengthOf(await db.from('scans'), 1)
  })

  test('leave as CSV in UTF-8 and CP932, with the characters that CP932 lacks listed', async ({
    assert,
  }) => {
    const submission = await givenKeyed({ name: '𠮷澤 髙' })
    const client = await Visitor.loggedIn('kenko')
    const { service } = await vaccination()
    const utf8 = (await takenOut(client, { service_id: service.id, encoding: 'utf8' })).file
    assert.include(utf8.text, `"${submission.receipt}"`)
    assert.include(utf8.text, '"𠮷澤 髙"')
    assert.include(utf8.text, '"0263001234"')
    assert.include(utf8.text, '\r\n')
    const cp932 = await takenOut(client, { service_id: service.id, encoding: 'cp932' })
    assert.include(iconv.decode(cp932.file.body, 'cp932'), '"〓澤 髙"')
    assert.include(cp932.page.text, 'U+20BB7')
  })
})
