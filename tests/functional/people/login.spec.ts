import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { looks } from '#app/people/looks'
import { leave } from '#app/people/members/leave'
import { cleanUpSignIn } from '#app/people/clean_up'
import { newId } from '#app/core/ids'
import { DEMO_PASSWORD } from '#database/seeders/demo'
import { givenSubmission, person } from '#tests/support/given'
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

  test('lasts from the last look on, which not every request writes', async ({ assert }) => {
    const visitor = await Visitor.loggedIn('leader')
    await visitor.get('/work')
    const soon = () =>
      db
        .from('sessions')
        .update({ expires_at: db.raw(`date_trunc('second', now() + interval '1 hour')`) })
    const lasts = async (): Promise<boolean> => {
      const { long } = await db
        .from('sessions')
        .select(db.raw(`bool_and(expires_at > now() + interval '9 hours') as long`))
        .firstOrFail()
      return long
    }
    await soon()
    await visitor.get('/work')
    assert.isFalse(await lasts())
    // A minute later.
    looks.forget()
    await visitor.get('/work')
    assert.isTrue(await lasts())
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
    const { text } = await visitor.get('/work')
    assert.include(text, '自宅')
    // Whoever logs in again on an open page works on where they were.
    assert.include(text, 'data-site="home"')
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

test.group('Sign-in', (group) => {
  group.each.setup(reset)

  /** Somebody at a browser of their own, on the login screen. */
  async function atTheDoor(): Promise<Visitor> {
    const visitor = new Visitor()
    await visitor.get('/login')
    return visitor
  }

  const enter = (visitor: Visitor, login: string, password = DEMO_PASSWORD) =>
    visitor.post('/login', { login, password })

  test('guesses of others lock nobody out of a browser they know', async ({ assert }) => {
    const own = await Visitor.loggedIn('leader')
    await own.post('/logout')
    await own.get('/login')
    const stranger = await atTheDoor()
    for (let guess = 0; guess < 12; guess++) await enter(stranger, 'leader', `guess ${guess}`)
    assert.include((await enter(stranger, 'leader')).text, '15分')
    assert.equal((await enter(own, 'leader')).location, '/')
    // Somebody else at that browser is a stranger like any other.
    await own.post('/logout')
    await own.get('/login')
    for (let guess = 0; guess < 10; guess++) await enter(own, 'kenko', `guess ${guess}`)
    assert.include((await enter(own, 'kenko')).text, '15分')
    assert.equal((await enter(own, 'leader')).location, '/')
  })

  test('guesses that come all at once are counted as well', async ({ assert }) => {
    const visitors = await Promise.all(Array.from({ length: 30 }, atTheDoor))
    const answers = await Promise.all(
      visitors.map((visitor, guess) => enter(visitor, 'leader', `guess ${guess}`))
    )
    const heard = answers.filter((answer) => !answer.text.includes('15分'))
    assert.isAtMost(heard.length, 10)
  })

  test('guessing goes on at no other browser of the same address', async ({ assert }) => {
    for (let guess = 0; guess < 10; guess++)
      await enter(await atTheDoor(), 'leader', `guess ${guess}`)
    assert.include((await enter(await atTheDoor(), 'leader')).text, '15分')
    assert.equal((await enter(await atTheDoor(), 'kenko')).location, '/')
  })

  test('a center behind one address comes in at half past eight, typing errors and all', async ({
    assert,
  }) => {
    const somebody = await db.from('users').where('login', 'operator1').firstOrFail()
    const logins = Array.from({ length: 60 }, (_, index) => `early${index}`)
    await db.table('users').multiInsert(
      logins.map((login) => ({
        id: newId(),
        organization_id: somebody.organization_id,
        login,
        password: somebody.password,
        display_name: login,
        role: 'operator',
        sites: somebody.sites,
      }))
    )
    const answers = await Promise.all(
      logins.map(async (login) => {
        const visitor = await atTheDoor()
        await enter(visitor, login, 'mistyped')
        await enter(visitor, login, 'mistyped again')
        return enter(visitor, login)
      })
    )
    assert.deepEqual(
      answers.filter((answer) => answer.location !== '/').map((answer) => answer.status),
      []
    )
  }).timeout(120_000)

  test('a password of an earlier version is kept anew, with Argon2id', async ({ assert }) => {
    const kept = () => db.from('users').where('login', 'leader').firstOrFail()
    await db
      .from('users')
      .where('login', 'leader')
      .update({ password: await hash.use('scrypt').make(DEMO_PASSWORD) })
    await enter(await atTheDoor(), 'leader', 'wrong')
    assert.match((await kept()).password, /^\$scrypt\$/)
    await Visitor.loggedIn('leader')
    assert.match((await kept()).password, /^\$argon2id\$v=19\$m=19456,(t=2,p=1|p=1,t=2)\$/)
    await Visitor.loggedIn('leader')
  })

  test('only who has signed in has a session in the database, and it goes with them', async ({
    assert,
  }) => {
    const visitor = await atTheDoor()
    await visitor.post('/locale', { locale: 'en' })
    assert.include((await visitor.get('/login')).text, 'Log in')
    assert.isEmpty(await db.from('sessions'))
    await enter(visitor, 'leader')
    assert.lengthOf(await db.from('sessions'), 1)
    await visitor.get('/')
    await visitor.post('/logout')
    assert.isEmpty(await db.from('sessions'))
    await Visitor.loggedIn('leader')
    await db.from('sessions').update({ expires_at: db.raw(`now() - interval '1 minute'`) })
    await cleanUpSignIn()
    assert.isEmpty(await db.from('sessions'))
  })

  test('ends for who leaves: everywhere, at once, and what they held is there for others', async ({
    assert,
  }) => {
    await givenSubmission()
    const operator = await Visitor.loggedIn('operator1')
    await operator.get('/work')
    const { location } = await operator.post('/work/assignments', {})
    assert.match(location!, /^\/work\/assignments\//)
    const admin = await person('admin')
    const { id } = await person('operator1')
    assert.deepEqual(await leave(admin, newId()), { ok: false, reason: 'nobody' })
    assert.deepEqual(await leave(admin, id), { ok: true })
    assert.deepEqual(await leave(admin, id), { ok: false, reason: 'nobody' })

    assert.equal((await operator.get('/work')).location, '/login')
    assert.lengthOf(await db.from('tasks').where('state', 'leased'), 0)
    await operator.get('/login')
    const again = await operator.post('/login', { login: 'operator1', password: DEMO_PASSWORD })
    assert.equal(again.status, 422)
    const event = await db.from('events').where('verb', 'user.left').firstOrFail()
    assert.equal(event.actor_id, admin.id)
  })
})
