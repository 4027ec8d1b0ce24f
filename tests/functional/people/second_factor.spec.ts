import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { codeOf, stepOf } from '#app/people/second_factor/totp'
import User from '#app/people/user'
import { DEMO_PASSWORD } from '#database/seeders/demo'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** Signs in with the password alone. */
async function withPassword(login: string, site = 'center'): Promise<Visitor> {
  const visitor = new Visitor()
  await visitor.get('/login')
  await visitor.post('/login', { login, password: DEMO_PASSWORD, site })
  await visitor.get('/', true)
  return visitor
}

/** Codes are good once: as if the last had been used a while ago. */
async function aWhileLater(): Promise<void> {
  await db.from('second_factors').update({ counter: 0 })
}

test.group('A second factor', (group) => {
  group.each.setup(reset)

  test('is asked of everybody at home, and nothing is shown before it is given', async ({
    assert,
  }) => {
    const visitor = await withPassword('operator4', 'home')
    for (const path of ['/', '/work', '/account', '/waiting'])
      assert.equal((await visitor.get(path)).location, '/second-factor', path)
    assert.equal((await visitor.get('/second-factor')).location, '/second-factor/token')
    const page = (await visitor.get('/second-factor/token')).text
    assert.notInclude(page, 'class="rail"')
    assert.equal((await visitor.post('/second-factor/token', { code: '000000' })).status, 422)
    assert.equal((await visitor.get('/work')).location, '/second-factor')

    const secret = /<code class="wrap">([A-Z2-7 ]+)</.exec(page)![1].replaceAll(' ', '')
    const first = codeOf(secret)
    await visitor.post('/second-factor/token', { code: first })
    assert.equal((await visitor.get('/work')).status, 200)
    const kept = await db.from('second_factors').firstOrFail()
    assert.notInclude(kept.secret.toString('latin1'), secret)

    const again = await withPassword('operator4', 'home')
    assert.equal((await again.get('/work')).location, '/second-factor')
    // With the password alone nobody adds another one of their own.
    assert.equal((await again.get('/second-factor/token')).location, '/second-factor')
    const other = await again.post('/second-factor/token', { code: '000000' })
    assert.equal(other.location, '/second-factor')
    assert.lengthOf(await db.from('second_factors'), 1)
    // The code that registered it was used.
    assert.equal((await again.post('/second-factor', { code: first })).status, 422)
    await aWhileLater()
    assert.equal((await again.post('/second-factor', { code: codeOf(secret) })).location, '/')
    assert.equal((await again.get('/work')).status, 200)
    // Whoever has one is asked for it everywhere.
    const center = await withPassword('operator4')
    assert.equal((await center.get('/work')).location, '/second-factor')
  })

  test('is asked at the center of those whose role asks for it', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    const role = { 'name': '夜の番', 'permissions[]': 'tasks.take' }
    await admin.post('/roles', { ...role, asks_factor: 'true' })
    const made = await db.from('roles').firstOrFail()
    const { permissions } = made
    await db
      .from('users')
      .where('login', 'operator1')
      .update({ role: 'made', role_id: made.id, permissions })
    const asked = await withPassword('operator1')
    assert.equal((await asked.get('/work')).location, '/second-factor')
    const page = (await admin.get(`/roles/${made.id}`)).text
    assert.match(page, /name="asks_factor" value="true" checked/)
    const seen = /name="seen" value="(\d+)"/.exec(page)![1]
    await admin.post(`/roles/${made.id}`, { ...role, seen })
    const free = await withPassword('operator1')
    assert.equal((await free.get('/work')).status, 200)
    const { detail } = await db
      .from('events')
      .where('verb', 'role.changed')
      .orderBy('sequence', 'desc')
      .firstOrFail()
    assert.isFalse(detail.asks_factor)
  })

  test('is added within a session by who knows the password', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    const { text } = await admin.get('/second-factor/token')
    const secret = /<code class="wrap">([A-Z2-7 ]+)</.exec(text)![1].replaceAll(' ', '')
    const code = codeOf(secret)
    const another = await admin.post('/second-factor/token', { code, password: 'another' })
    assert.equal(another.status, 422)
    assert.include(another.text, 'パスワードがちがう')
    assert.lengthOf(await db.from('second_factors').whereNotNull('confirmed_at'), 0)
    await admin.post('/second-factor/token', { code, password: DEMO_PASSWORD })
    assert.lengthOf(await db.from('second_factors').whereNotNull('confirmed_at'), 1)
  })

  test('may be a recovery code from paper, once', async ({ assert }) => {
    const visitor = await withPassword('operator4', 'home')
    const { text } = await visitor.get('/second-factor/token')
    const secret = /<code class="wrap">([A-Z2-7 ]+)</.exec(text)![1].replaceAll(' ', '')
    const shown = await visitor.post('/second-factor/token', { code: codeOf(secret) })
    const codes = [...shown.text.matchAll(/<code>([a-z0-9]{5}-[a-z0-9]{5})</g)].map(
      ([, code]) => code
    )
    assert.lengthOf(codes, 10)
    const sheet = new URLSearchParams(codes.map((code) => ['codes[]', code]))
    const pdf = await visitor.post('/account/recovery-codes/sheet', sheet)
    assert.equal(pdf.headers.get('content-type'), 'application/pdf')

    const lost = await withPassword('operator4', 'home')
    assert.equal(
      (await lost.post('/second-factor', { code: codes[3].toUpperCase() })).location,
      '/'
    )
    const again = await withPassword('operator4', 'home')
    assert.equal((await again.post('/second-factor', { code: codes[3] })).status, 422)
    const renewed = await lost.post('/account/recovery-codes', { password: DEMO_PASSWORD })
    assert.equal(renewed.status, 200)
    assert.equal((await again.post('/second-factor', { code: codes[4] })).status, 422)
    const verbs = await db.from('events').where('subject_type', 'user').select('verb')
    assert.includeMembers(
      verbs.map(({ verb }) => verb),
      ['factor.added', 'factor.recovered', 'factor.failed', 'factor.codes_renewed']
    )
  })

  test('can’t be guessed', async ({ assert }) => {
    const visitor = await withPassword('operator4', 'home')
    const secret = await visitor.registerToken()
    await aWhileLater()
    const other = await withPassword('operator4', 'home')
    for (let attempt = 0; attempt < 10; attempt++)
      await other.post('/second-factor', { code: '000000' })
    const answer = await other.post('/second-factor', { code: codeOf(secret) })
    assert.equal(answer.status, 422)
    assert.include(answer.text, '15分ほど')
  })

  test('is asked at the center of whom the administrator says', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    await admin.post('/settings', { 'values[people_second_factor]': '1' })
    assert.equal((await (await withPassword('admin')).get('/people')).location, '/second-factor')
    assert.equal((await (await withPassword('operator1')).get('/work')).status, 200)
    await admin.post('/settings', { 'values[people_second_factor]': '2' })
    assert.equal((await (await withPassword('operator1')).get('/work')).location, '/second-factor')
  })

  test('that was lost is taken off by an administrator, with a reason; all sessions end', async ({
    assert,
  }) => {
    const home = await Visitor.loggedIn('operator4', 'home')
    const { id } = await User.findByOrFail('login', 'operator4')
    const admin = await Visitor.loggedIn('admin')
    assert.include((await admin.get(`/people/${id}`)).text, '二つ目の確認をはずす')
    await admin.post(`/people/${id}/factors/removal`, { reason: '' })
    assert.lengthOf(await db.from('second_factors'), 1)
    await admin.post(`/people/${id}/factors/removal`, { reason: 'スマートフォンをなくした' })
    assert.equal((await home.get('/work')).location, '/login')
    assert.lengthOf(await db.from('second_factors'), 0)
    assert.lengthOf(await db.from('recovery_codes'), 0)
    const event = await db.from('events').where('verb', 'factor.reset').firstOrFail()
    assert.equal(event.detail.reason, 'スマートフォンをなくした')
    const client = await Visitor.loggedIn('kenko')
    assert.equal(
      (await client.post(`/people/${id}/factors/removal`, { reason: 'なぜか' })).status,
      404
    )
  })

  test('of codes follows RFC 6238, each good once', ({ assert }) => {
    // Appendix B: the secret in ASCII "12345678901234567890".
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
    assert.equal(codeOf(secret, 59_000), '287082')
    assert.equal(codeOf(secret, 1_111_111_109_000), '081804')
    const now = codeOf(secret)
    const step = stepOf(secret, ` ${now.slice(0, 3)} ${now.slice(3)}`, 0)
    assert.isNotNull(step)
    assert.isNull(stepOf(secret, now, step!))
    assert.isNull(stepOf(secret, '12345', 0))
  })
})

test.group('A locked screen', (group) => {
  group.each.setup(reset)

  test('shows nothing to anybody before its person unlocks it', async ({ assert }) => {
    const operator = await Visitor.loggedIn('operator1')
    await operator.post('/account/pin', { pin: '4821', again: '4821', password: DEMO_PASSWORD })
    await operator.post('/lock')
    assert.equal((await operator.get('/work')).location, '/locked')
    assert.equal((await operator.post('/work/assignments', {})).location, '/locked')
    const desk = await Visitor.loggedIn('madoguchi')
    await desk.post('/lock')
    for (const open of ['/tickets/display', '/tickets/new'])
      assert.equal((await desk.get(open)).status, 200, open)
    assert.match((await desk.post('/tickets')).location!, /^\/tickets\/new/)
    assert.equal((await desk.post('/tickets/calls', { counter: '1' })).location, '/locked')
    assert.equal((await desk.get('/desk')).location, '/locked')
    const page = (await operator.get('/locked')).text
    assert.notInclude(page, 'class="rail"')
    assert.equal((await operator.post('/unlock', { pin: '0000' })).status, 422)
    assert.equal((await operator.post('/unlock', { pin: '4821' })).location, '/')
    assert.equal((await operator.get('/work')).status, 200)
    await operator.post('/lock')
    assert.equal((await operator.post('/unlock', { pin: DEMO_PASSWORD })).location, '/')
  })

  test('comes by itself where nobody has touched anything, whatever a page fetches', async ({
    assert,
  }) => {
    const operator = await Visitor.loggedIn('operator1')
    await operator.get('/work')
    const away = (minutes: number) =>
      db.rawQuery(
        `update sessions set data = jsonb_set(data::jsonb, '{message,touched_at}', to_jsonb(?::bigint))::text
         where data like '%touched_at%'`,
        [Date.now() - minutes * 60_000]
      )
    await away(15)
    assert.equal((await operator.get('/work')).status, 200)
    const touchedAt = async () =>
      (await db.from('sessions').whereLike('data', '%touched_at%').firstOrFail()).data
    await away(15)
    const before = await touchedAt()
    await operator.get('/work', false, { 'x-live': 'yes' })
    await operator.get('/session', false, { accept: 'application/json' })
    assert.equal(await touchedAt(), before)
    await away(17)
    assert.equal((await operator.get('/work')).location, '/locked')
    await operator.post('/unlock', { pin: DEMO_PASSWORD })
    await away(15)
    await operator.post('/touch')
    assert.equal((await operator.get('/work')).status, 200)
  })

  test('ends its session after five wrong tries', async ({ assert }) => {
    const operator = await Visitor.loggedIn('operator1')
    await operator.post('/lock')
    for (let attempt = 1; attempt < 5; attempt++)
      assert.equal((await operator.post('/unlock', { pin: '1111' })).status, 422)
    assert.equal((await operator.post('/unlock', { pin: '1111' })).location, '/login')
    assert.equal((await operator.get('/work')).location, '/login')
  })

  test('takes no PIN that everybody would try, and none without the password', async ({
    assert,
  }) => {
    const operator = await Visitor.loggedIn('operator1')
    const pin = (fields: Record<string, string>) =>
      operator.post('/account/pin', {
        pin: '4821',
        again: '4821',
        password: DEMO_PASSWORD,
        ...fields,
      })
    const kept = async () => (await User.findByOrFail('login', 'operator1')).pin
    await pin({ pin: '1234', again: '1234' })
    await pin({ pin: '777777', again: '777777' })
    await pin({ again: '4822' })
    await pin({ pin: '123', again: '123' })
    await pin({ password: 'x' })
    assert.isNull(await kept())
    await pin({})
    assert.match((await kept())!, /^\$argon2id\$/)
  })
})
