import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { signedHeader } from '#app/desk/calls/hook_signature'
import { endFinishedCalls } from '#app/desk/calls/end_calls'
import { lastHeard } from '#app/desk/telephone/telephone'
import { sendTest } from '#app/desk/telephone/send_test'
import { endVisit } from '#app/desk/visits/end_visit'
import { startVisit } from '#app/desk/visits/start_visit'
import { drainFlow } from '#app/flow/sweeper'
import { eraseSubmission } from '#app/submissions/erase_submission'
import { person } from '#tests/support/given'
import { givenBooked, someSlot } from '#tests/support/given_live'
import { freePort } from '#tests/support/free_port'
import { reset } from '#tests/support/reset'
import { serverUrl, Visitor } from '#tests/support/visitor'

const SECRET = process.env.CALL_HOOK_SECRET ?? ''

/** What the telephone system sends. */
async function ring(
  news: Record<string, unknown>,
  headers: Record<string, string> = {}
): Promise<{ status: number; body: Record<string, string> }> {
  const body = JSON.stringify(news)
  const response = await fetch(`${serverUrl()}/hooks/calls`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'accept': 'application/json',
      'accept-language': 'ja',
      'x-signature': signedHeader(body, SECRET),
      ...headers,
    },
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

const lastTest = async () => (await lastHeard()).test

test.group('Incoming calls', (group) => {
  group.each.setup(reset)

  test('with a bad signature are refused in plain words, and nothing is kept', async ({
    assert,
  }) => {
    const bad = await ring({ id: 'c1', event: 'ringing' }, { 'x-signature': 't=1,v1=00' })
    assert.equal(bad.status, 401)
    assert.include(bad.body.message, '署名')
    const stranger = await ring(
      { id: 'c1', event: 'ringing' },
      { 'x-signature': signedHeader('{"id":"c1","event":"ringing"}', 'another secret') }
    )
    assert.equal(stranger.status, 401)
    assert.equal((await ring({ id: 'c1', event: 'singing' })).status, 422)
    assert.lengthOf(await db.from('calls'), 0)
  })

  test('a test is heard, told, and no call', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    assert.include((await admin.get('/telephone')).text, '/hooks/calls')
    assert.equal(await lastTest(), null)
    assert.deepEqual((await ring({ id: 't1', event: 'test' })).body, { state: 'test' })
    const first = await lastTest()
    assert.isNotNull(first)
    assert.equal((await admin.post('/telephone/tests')).location, '/telephone')
    assert.include((await admin.get('/telephone')).text, '届きました')
    assert.isAbove((await lastTest())!.getTime(), first!.getTime())
    assert.lengthOf(await db.from('calls'), 0)
    assert.equal((await (await Visitor.loggedIn('leader')).get('/telephone')).status, 404)
    assert.equal(
      await sendTest({ localAddress: '127.0.0.1', localPort: await freePort() }),
      'unreachable'
    )
  })

  test('open the caller’s page by their number', async ({ assert }) => {
    const { submission } = await givenBooked()
    const { body } = await ring({ id: 'c1', event: 'ringing', from: '+81263001234' })
    const desk = await Visitor.loggedIn('madoguchi')
    const ringing = await desk.get('/calls/ringing')
    assert.include(ringing.text, '0263 00 1234')
    const page = await desk.get(`/calls/${body.id}`)
    // A number alone doesn't tell who calls: a widow keeps her husband's.
    assert.include(page.text, 'この番号の受付が 1 件あります')
    assert.notInclude(page.text, '山田')
    assert.notInclude(page.text, submission.receipt)
    const other = await ring({ id: 'c2', event: 'ringing', from: '0263007777' })
    assert.include((await desk.get(`/calls/${other.body.id}`)).text, 'はじめての番号')
    const none = await ring({ id: 'c3', event: 'ringing', from: null })
    assert.include((await desk.get(`/calls/${none.body.id}`)).text, '番号なし')
  })

  test('show nobody where several share the number', async ({ assert }) => {
    await givenBooked()
    const two = await givenBooked({
      voucher_number: '4111111111',
      name: '山田 太郎',
      name_kana: 'ヤマダ タロウ',
    })
    const { body } = await ring({ id: 'c1', event: 'ringing', from: '0263001234' })
    const page = await (await Visitor.loggedIn('madoguchi')).get(`/calls/${body.id}`)
    assert.include(page.text, 'この番号の受付が 2 件あります')
    assert.notInclude(page.text, '山田')
    assert.notInclude(page.text, two.submission.receipt)
  })

  test('that nobody took are called back in order of arrival, each number once', async ({
    assert,
  }) => {
    await ring({ id: 'c1', event: 'ringing', from: '0263007771' })
    await ring({ id: 'c1', event: 'missed', from: '0263007771' })
    await ring({ id: 'c1', event: 'missed', from: '0263007771' })
    await ring({ id: 'c2', event: 'abandoned', from: '0263007772' })
    await ring({ id: 'c3', event: 'missed', from: '0263007771' })
    await ring({ id: 'c4', event: 'missed', from: null })
    // Old news after new ones change nothing.
    await ring({ id: 'c2', event: 'ringing', from: '0263007772' })
    assert.equal(
      (await db.from('calls').where('external_id', 'c2').firstOrFail()).state,
      'abandoned'
    )
    assert.lengthOf(await db.from('calls'), 4)
    assert.lengthOf(await db.from('call_backs'), 2)
    const desk = await Visitor.loggedIn('madoguchi')
    const { location } = await desk.post('/work/assignments', { kind: 'call_back' })
    assert.include((await desk.get(location!)).text, '0263 00 7771')
    await desk.post(`${location}/result`, { outcome: 'reached' })
    const next = await desk.post('/work/assignments', { kind: 'call_back' })
    assert.include((await desk.get(next.location!)).text, '0263 00 7772')
  })

  test('end after the third call that reached nobody: whom a letter should go to, a number doesn’t tell', async ({
    assert,
  }) => {
    await givenBooked()
    await ring({ id: 'c1', event: 'missed', from: '0263001234' })
    await ring({ id: 'c2', event: 'missed', from: '0263007772' })
    const desk = await Visitor.loggedIn('madoguchi')
    for (let call = 0; call < 6; call++) {
      await db
        .from('tasks')
        .where({ kind: 'call_back', state: 'open' })
        .update({ available_at: db.raw('now()') })
      const { location } = await desk.post('/work/assignments', { kind: 'call_back' })
      const page = await desk.get(location!)
      assert.notInclude(page.text, '山田')
      await desk.post(`${location}/result`, { outcome: 'no_answer' })
    }
    await drainFlow()
    const states = await db.from('call_backs').orderBy('created_at').select('state')
    assert.deepEqual(
      states.map((row) => row.state),
      ['given_up', 'given_up']
    )
    assert.lengthOf(await db.from('replies').where('kind', 'called'), 0)
  })

  test('keep the number sealed, out of logs and lists of the queue', async ({ assert }) => {
    await ring({ id: 'c1', event: 'missed', from: '0263007771' })
    const { rows } = await db.rawQuery<{ rows: { text: string }[] }>(
      `select string_agg(t::text, ' ') as text from (
         select c::text as t from calls c union all select b::text from call_backs b union all select e::text from events e union all select k::text from tasks k) all_rows`
    )
    assert.notInclude(rows[0].text, '0263007771')
    assert.notInclude(rows[0].text, Buffer.from('0263007771').toString('hex'))
  })

  test('are over when their visit has ended, or the clerk says so', async ({ assert }) => {
    const { visit } = await givenBooked({}, { channel: 'phone' })
    await ring({ id: 'c7', event: 'answered', from: '0263001234' })
    const call = () => db.from('calls').where('external_id', 'c7').firstOrFail()
    await db
      .from('visits')
      .where('id', visit.id)
      .update({ call_id: (await call()).id })
    await endFinishedCalls()
    assert.equal((await call()).state, 'answered')
    // The telephone system told of it once more after the visit had ended.
    await endVisit(await person('madoguchi'), await visit.refresh())
    await db.connection('owner').from('calls').update({ state: 'answered' })
    await endFinishedCalls()
    assert.equal((await call()).state, 'ended')

    const desk = await Visitor.loggedIn('madoguchi')
    const typed = await desk.post('/calls', { number: '0263005678' })
    await endFinishedCalls()
    assert.include((await desk.get(typed.location!)).text, '通話を終える')
    await desk.post(`${typed.location}/ending`)
    assert.lengthOf(await db.from('calls').where('state', 'answered'), 0)
    // Notes that are taken afterwards don't begin it anew.
    const service = await db.from('services').where('slug', 'vaccination').firstOrFail()
    await startVisit(await person('madoguchi'), {
      channel: 'phone',
      serviceId: service.id,
      callId: (await call()).id,
    })
    assert.equal((await call()).state, 'ended')
  })

  test('of somebody who was erased keep no number, unless somebody else has it', async ({
    assert,
  }) => {
    const { submission } = await givenBooked()
    await ring({ id: 'c8', event: 'ringing', from: '0263001234' })
    await ring({ id: 'c9', event: 'ringing', from: '0263009999' })
    const call = (id: string) => db.from('calls').where('external_id', id).firstOrFail()
    await eraseSubmission(submission.receipt)
    assert.isNull((await call('c8')).number_token)
    assert.isNotNull((await call('c9')).number_token)
    const { wrapped } = await db
      .from('data_keys')
      .where('id', (await call('c8')).data_key_id)
      .firstOrFail()
    assert.isNull(wrapped)

    const wife = await givenBooked({ voucher_number: '4111111111' })
    await givenBooked(
      { voucher_number: '1000000008', name_kana: 'ヤマダ イチロウ' },
      { slotId: (await someSlot(3)).id }
    )
    await ring({ id: 'c10', event: 'ringing', from: '0263001234' })
    await eraseSubmission(wife.submission.receipt)
    assert.isNotNull((await call('c10')).number_token)
  })

  test('are counted as this person would be given them', async ({ assert }) => {
    await ring({ id: 'c11', event: 'missed', from: '0263001111' })
    await ring({ id: 'c12', event: 'missed', from: '0263002222' })
    const desk = await Visitor.loggedIn('madoguchi')
    assert.include((await desk.get('/calls')).text, '(2 件)')
    const { id } = await db.from('tasks').firstOrFail()
    await db
      .from('tasks')
      .where('id', id)
      .update({ available_at: db.raw(`now() + interval '1 hour'`) })
    assert.include((await desk.get('/calls')).text, '(1 件)')
  })
})
