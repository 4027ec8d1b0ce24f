import db from '@adonisjs/lucid/services/db'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { test } from '@japa/runner'
import { drainFlow } from '#app/flow/sweeper'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { newId } from '#app/core/ids'
import { givenKeyed } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** The text of a PDF, page by page. */
async function textOf(pdf: Buffer): Promise<string[]> {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(pdf)
  const pages = Array.from({ length: document.getPageCount() }, (_, index) =>
    document.getPage(index).getText().replace(/\s/g, '')
  )
  document.destroy()
  library.destroy()
  return pages
}

async function planRun(admin: Visitor) {
  const page = await admin.get('/print-runs')
  const value = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.text)![1]
  const planned = await admin.post('/print-runs', {
    client_id: value('client_id'),
    request_key: value('request_key'),
    document_numbers: '8青健第412号',
  })
  await drainFlow()
  return {
    path: planned.location!,
    fields: {
      client_id: value('client_id'),
      request_key: value('request_key'),
      document_numbers: '8青健第412号',
    },
  }
}

test.group('Letters', (group) => {
  group.each.setup(reset)

  test('tell the booking in large print with era date, receipt and address', async ({ assert }) => {
    const submission = await givenKeyed({ vaccines: 'influenza,covid' })
    const admin = await Visitor.loggedIn('admin')
    const link = /\/replies\/[0-9a-f-]{36}\/letter/.exec(
      (await admin.get(`/submissions/${submission.id}`)).text
    )![0]
    const { body } = await admin.get(link)
    const [text] = await textOf(body)
    for (const part of [
      '〒399-9903',
      '青嶺市大字上久保1234番地5',
      '山田はるゑ様',
      '令和',
      '午前10時30分',
      'インフルエンザ・新型コロナ',
      '4,500円',
      submission.receipt,
    ])
      assert.include(text, part)
    assert.include(body.toString('latin1'), 'pdfuaid')
  })

  test('are held for a character that no face has, until a person says what to print', async ({
    assert,
  }) => {
    const submission = await givenKeyed({ name: '𨺓田 一' })
    assert.equal((await db.from('replies').firstOrFail()).state, 'held')
    const leader = await Visitor.loggedIn('leader')
    const { location } = await leader.post('/work/assignments', { kind: 'substitute' })
    assert.include((await leader.get(location!)).text, '𨺓')
    const still = await leader.post(`${location}/result`, {
      postcode: '399-9903',
      address: '青嶺市',
      name: '𨺓田 一',
    })
    assert.equal(still.status, 422)
    await leader.post(`${location}/result`, {
      postcode: '399-9903',
      address: '青嶺市大字上久保1234番地5',
      name: '隆田 一',
    })
    assert.equal((await db.from('replies').firstOrFail()).state, 'ready')
    assert.include((await leader.get(`/submissions/${submission.id}`)).text, '𨺓田 一')
  })

  test('are held when the address can’t be read', async ({ assert }) => {
    await givenKeyed({ address: '' })
    assert.equal((await db.from('replies').firstOrFail()).state, 'held')
  })
})

test.group('Print runs', (group) => {
  group.each.setup(reset)

  test('go from planned to posted, and only when every sheet is enclosed', async ({ assert }) => {
    const [one, two] = [
      await givenKeyed(),
      await givenKeyed({ voucher_number: '4111111111', name: '小林 誠' }),
    ]
    const admin = await Visitor.loggedIn('admin')
    const { path } = await planRun(admin)
    const pdf = await textOf((await admin.get(`${path}/pdf`)).body)
    assert.lengthOf(pdf, 2)
    const sheets = await db.from('sheets').orderBy('number')
    sheets.forEach((sheet, index) => assert.include(pdf[index], `通番${sheet.number}${sheet.code}`))

    assert.include(
      (await admin.post(`${path}/enclosures`, { code: 'HWS/XXXXXXXX' })).text,
      '封筒に入れないでください'
    )
    await admin.post(`${path}/enclosures`, { code: `HWS/${sheets[0].code}` })
    assert.include(
      (await admin.post(`${path}/enclosures`, { code: sheets[0].code.toLowerCase() })).text,
      'もう済んでいます'
    )
    await admin.post(`${path}/posting`)
    assert.equal((await db.from('print_runs').firstOrFail()).state, 'printed')

    await admin.post(`${path}/enclosures`, { code: sheets[1].code })
    await Promise.all([admin.post(`${path}/posting`), admin.post(`${path}/posting`)])
    await drainFlow()
    assert.deepEqual(
      (await db.from('sheets').select('state')).map((sheet) => sheet.state),
      ['posted', 'posted']
    )
    assert.lengthOf(await db.from('events').where('verb', 'print_run.posted'), 1)
    for (const submission of [one, two]) assert.equal((await submission.refresh()).state, 'closed')
  })

  test('wait in the queue for who encloses them, and are done with the last', async ({
    assert,
  }) => {
    await givenKeyed()
    await givenKeyed({ voucher_number: '4111111111', name: '小林 誠' })
    const admin = await Visitor.loggedIn('admin')
    const { path } = await planRun(admin)
    const tasks = () => db.from('tasks').where('kind', 'enclose')
    assert.isEmpty(await tasks())
    await admin.get(`${path}/pdf`)
    const [one, two] = await db.from('sheets').orderBy('number')
    const { location } = await admin.post('/work/assignments', { kind: 'enclose' })
    assert.include((await admin.get(location!)).text, '0 / 2')
    const wrong = await admin.post(`${location}/result`, { code: 'HWS/XXXXXXXX' })
    assert.equal(wrong.status, 422)
    assert.include(wrong.text, '封筒に入れないでください')
    const first = await admin.post(`${location}/result`, { code: `HWS/${one.code}` })
    assert.include(first.text, '1 / 2')
    // Printed anew: what was begun is withdrawn, and asked for once it is printed.
    await admin.post(`${path}/redating`, { dated_on: addDays(today(), 1) })
    assert.equal((await tasks().firstOrFail()).state, 'withdrawn')
    assert.equal((await admin.post(`${location}/result`, { code: two.code })).location, '/work')
    assert.isEmpty(await db.from('sheets').where('state', 'enclosed'))
    await drainFlow()
    await admin.get(`${path}/pdf`)
    const again = await admin.post('/work/assignments', { kind: 'enclose' })
    await admin.post(`${again.location}/result`, { code: one.code })
    const last = await admin.post(`${again.location}/result`, {
      code: `ＨＷＳ／${two.code}`,
    })
    assert.equal(last.location, path)
    assert.equal((await tasks().firstOrFail()).state, 'done')
    assert.equal((await db.from('print_runs').firstOrFail()).state, 'enclosed')
  })

  test('enclosed from their own page leave nothing in the queue', async ({ assert }) => {
    await givenKeyed()
    const admin = await Visitor.loggedIn('admin')
    const { path } = await planRun(admin)
    await admin.get(`${path}/pdf`)
    const sheet = await db.from('sheets').firstOrFail()
    await admin.post(`${path}/enclosures`, { code: sheet.code })
    assert.equal((await db.from('tasks').where('kind', 'enclose').firstOrFail()).state, 'withdrawn')
  })

  test('a double click or a reload plans one run', async ({ assert }) => {
    await givenKeyed()
    const admin = await Visitor.loggedIn('admin')
    const { path, fields } = await planRun(admin)
    const again = await Promise.all([
      admin.post('/print-runs', fields),
      admin.post('/print-runs', fields),
    ])
    for (const answer of again) assert.equal(answer.location, path)
    assert.lengthOf(await db.from('print_runs'), 1)
    assert.lengthOf(await db.from('sheets'), 1)
    const other = await admin.post('/print-runs', { ...fields, request_key: newId() })
    assert.equal(other.location, '/print-runs')
  })

  test('a sheet that was pulled is not posted; a damaged one is printed again', async ({
    assert,
  }) => {
    const died = await givenKeyed()
    const damaged = await givenKeyed({ voucher_number: '4111111111' })
    const admin = await Visitor.loggedIn('admin')
    const { path } = await planRun(admin)
    await admin.get(`${path}/pdf`)
    const sheets = await db.from('sheets').orderBy('number')
    await admin.post(`${path}/enclosures`, { code: sheets[0].code })
    await admin.post(`${path}/pulls`, { sheet_id: sheets[0].id, reason: 'died' })
    await admin.post(`${path}/pulls`, { sheet_id: sheets[1].id, reason: 'damaged' })
    assert.include(
      (await admin.post(`${path}/enclosures`, { code: sheets[1].code })).text,
      'note bad'
    )
    await drainFlow()
    assert.equal((await died.refresh()).state, 'closed')
    assert.equal((await damaged.refresh()).state, 'replying')
    const second = await planRun(admin)
    assert.notEqual(second.path, path)
    assert.lengthOf(await db.from('sheets').whereNot('state', 'pulled'), 1)
  })

  test('need the numbers that the city gave, one for all or one for each', async ({ assert }) => {
    await givenKeyed()
    await givenKeyed({ voucher_number: '4111111111' })
    const admin = await Visitor.loggedIn('admin')
    const page = await admin.get('/print-runs')
    const value = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.text)![1]
    const plan = (documentNumbers: string, more: Record<string, string> = {}) =>
      admin.post('/print-runs', {
        client_id: value('client_id'),
        request_key: newId(),
        document_numbers: documentNumbers,
        ...more,
      })
    const none = await plan('')
    assert.equal(none.status, 422)
    assert.include(none.text, '文書番号がいる手紙が 2 通あります')
    const three = await plan('8青健第1号\n8青健第2号\n8青健第3号')
    assert.equal(three.status, 422)
    assert.include(three.text, '8青健第3号')
    const past = await plan('8青健第1号', { dated_on: '2020-01-01' })
    assert.include(past.text, '過ぎた日は選べません')
    assert.lengthOf(await db.from('print_runs'), 0)
    await plan('8青健第1号\n8青健第2号')
    assert.deepEqual(
      (await db.from('sheets').orderBy('number')).map((sheet) => sheet.document_number),
      ['8青健第1号', '8青健第2号']
    )
  })

  test('that slip ask: printed anew with the day, or posted as they are', async ({ assert }) => {
    await givenKeyed()
    const admin = await Visitor.loggedIn('admin')
    const { path } = await planRun(admin)
    await admin.get(`${path}/pdf`)
    const sheet = await db.from('sheets').firstOrFail()
    await admin.post(`${path}/enclosures`, { code: sheet.code })
    await db.from('print_runs').update({ dated_on: '2026-01-05' })
    const asked = await admin.post(`${path}/posting`)
    assert.equal(asked.status, 422)
    assert.include(asked.text, '令和8年(2026年)1月5日')
    await admin.post(`${path}/redating`, { dated_on: today() })
    await drainFlow()
    assert.deepInclude(await db.from('print_runs').firstOrFail(), { state: 'typeset' })
    await admin.get(`${path}/pdf`)
    await admin.post(`${path}/enclosures`, { code: sheet.code })
    await db.from('print_runs').update({ dated_on: '2026-01-05' })
    await admin.post(`${path}/posting`, { other_day: '1' })
    assert.equal((await db.from('print_runs').firstOrFail()).state, 'posted')
  })
})
