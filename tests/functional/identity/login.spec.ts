import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { reset } from '#tests/support/reset'
import { serverUrl, Visitor } from '#tests/support/visitor'

test.group('Login', (group) => {
  group.each.setup(reset)

  test('refuses a wrong password in the reader’s language and keeps the name', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    await visitor.get('/login')
    const answer = await visitor.post('/login', { login: 'leader', password: 'wrong' })
    assert.equal(answer.status, 422)
    assert.include(answer.text, '利用者名かパスワードがちがいます')
    assert.include(answer.text, 'value="leader"')
  })

  test('makes who guesses wait', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.get('/login')
    for (let attempt = 0; attempt < 10; attempt++)
      await visitor.post('/login', { login: 'leader', password: `guess ${attempt}` })
    const answer = await visitor.post('/login', { login: 'leader', password: 'aone-demo' })
    assert.equal(answer.status, 422)
    assert.include(answer.text, '15分')
  })

  test('refuses a form without the page’s token', async ({ assert }) => {
    const response = await fetch(`${serverUrl()}/login`, {
      method: 'POST',
      body: new URLSearchParams({ login: 'leader', password: 'aone-demo' }),
      redirect: 'manual',
      headers: { 'accept-language': 'ja' },
    })
    assert.equal(response.status, 403)
    assert.include(await response.text(), '送ってください')
  })

  test('sends a strict content policy and keeps pages out of stores', async ({ assert }) => {
    const { headers } = await new Visitor().get('/login')
    const policy = headers.get('content-security-policy') ?? ''
    assert.include(policy, "default-src 'none'")
    assert.include(policy, "script-src 'self'")
    assert.notInclude(policy, 'unsafe')
    assert.equal(headers.get('cache-control'), 'no-store')
  })

  test('keeps a home worker at home', async ({ assert }) => {
    const visitor = await Visitor.loggedIn('operator4', 'center')
    assert.include((await visitor.get('/work')).text, '自宅')
  })

  test('keeps no personal data in the session', async ({ assert }) => {
    const visitor = await Visitor.loggedIn('madoguchi')
    await visitor.post('/submissions/searches', { q: 'ヤマダ' })
    const sessions: { data: string }[] = await db.from('sessions').select('data')
    assert.isNotEmpty(sessions)
    for (const { data } of sessions) assert.notInclude(data, 'ヤマダ')
  })

  test('speaks English to who chose it', async ({ assert }) => {
    const visitor = await Visitor.loggedIn('operator2')
    await visitor.post('/locale', { locale: 'en' })
    assert.include((await visitor.get('/work')).text, 'Work')
    await visitor.post('/locale', { locale: 'ja' })
    assert.include((await visitor.get('/work')).text, '作業')
  })
})
