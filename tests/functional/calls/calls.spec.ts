import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { signedHeader } from '#app/calls/hook_signature'
import { settleAll } from '#app/flow/sweeper'
import { givenBooked } from '#tests/support/given_live'
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
    await desk.post(`${location}/call-back`, { outcome: 'reached' })
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
      await desk.post(`${location}/call-back`, { outcome: 'no_answer' })
    }
    await settleAll()
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
})
