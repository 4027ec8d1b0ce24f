import env from '#start/env'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import User from '#app/people/user'
import { DEMO_PASSWORD } from '#database/seeders/demo'
import { CLIENT, startDirectory, type Citizen } from '#tests/support/city_directory'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const NAMES = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const

test.group('The city’s directory', (group) => {
  let city: Awaited<ReturnType<typeof startDirectory>>
  const secret = env.get('APP_KEY')
  group.setup(async () => {
    city = await startDirectory()
    return () => city.close()
  })
  group.each.setup(reset)
  group.each.setup(() => {
    city.citizen = { sub: 's-1', name: 'tanaka.misaki' }
    env.set('OIDC_ISSUER', city.issuer)
    env.set('OIDC_CLIENT_ID', CLIENT.id)
    const Secret = secret.constructor as new (text: string) => typeof secret
    env.set('OIDC_CLIENT_SECRET', new Secret(CLIENT.secret))
    return () => NAMES.forEach((name) => env.set(name, ''))
  })

  /** Signs in as whom the directory knows; returns what is answered at the end. */
  async function come(citizen: Citizen, site = 'center') {
    city.citizen = citizen
    const visitor = new Visitor()
    const { location } = await visitor.get(`/login/directory?site=${site}`)
    const end = await visitor.get(await city.walk(location!))
    return { visitor, end }
  }

  async function giveName(login: string, directoryName: string) {
    const { id, displayName, role, locale } = await User.findByOrFail('login', login)
    const admin = await Visitor.loggedIn('admin')
    await admin.get(`/people/${id}`)
    return admin.post(`/people/${id}`, {
      ...{ display_name: displayName, role, locale, directory_name: directoryName },
      'sites[]': 'center',
    })
  }

  test('lets in whom an administrator has named, and nobody else', async ({ assert }) => {
    assert.include((await new Visitor().get('/login')).text, 'action="/login/directory"')
    const stranger = await come({ sub: 's-9', name: 'madoguchi' })
    assert.equal(stranger.end.status, 422)
    assert.include(stranger.end.text, 'ここに登録されていません')

    assert.equal((await giveName('madoguchi', 'tanaka.misaki')).status, 302)
    const { visitor, end } = await come({ sub: 's-1', name: 'tanaka.misaki' })
    assert.equal(end.location, '/')
    assert.include((await visitor.get('/desk')).text, '田中 美咲')
    // Married, and called otherwise now: the directory tells that it is she.
    assert.equal((await come({ sub: 's-1', name: 'sato.misaki' })).end.location, '/')
    // The name was given to somebody else.
    assert.equal((await come({ sub: 's-2', name: 'tanaka.misaki' })).end.status, 422)

    await User.query().where('login', 'madoguchi').update({ frozenAt: new Date() })
    assert.equal((await come({ sub: 's-1', name: 'tanaka.misaki' })).end.status, 422)
  })

  test('takes the place of the password, as long as it is there', async ({ assert }) => {
    await giveName('madoguchi', 'tanaka.misaki')
    const typed = async () => {
      const visitor = new Visitor()
      await visitor.get('/login')
      return visitor.post('/login', {
        login: 'madoguchi',
        password: DEMO_PASSWORD,
        site: 'center',
      })
    }
    assert.include((await typed()).text, '市の認証でログインします')
    const taken = await giveName('leader', 'tanaka.misaki')
    assert.equal(taken.status, 422)
    assert.include(taken.text, 'ほかの人のものです')
    // Somebody else's name leads to somebody else.
    await come({ sub: 's-1', name: 'tanaka.misaki' })
    await giveName('madoguchi', 'suzuki')
    assert.equal((await come({ sub: 's-1', name: 'tanaka.misaki' })).end.status, 422)

    NAMES.forEach((one) => env.set(one, ''))
    assert.equal((await typed()).location, '/')
    assert.equal((await new Visitor().get('/login/directory')).status, 404)
    assert.notInclude((await new Visitor().get('/login')).text, '/login/directory')
  })

  test('says itself whether more than a password was asked for', async ({ assert }) => {
    await giveName('operator4', 'ono')
    await db
      .from('users')
      .where('login', 'operator4')
      .update({ sites: ['home'] })
    const plain = await come({ sub: 's-4', name: 'ono' }, 'home')
    assert.equal((await plain.visitor.get('/work')).location, '/second-factor')
    const asked = await come({ sub: 's-4', name: 'ono', amr: ['pwd', 'mfa'] }, 'home')
    assert.equal((await asked.visitor.get('/work')).status, 200)
  })

  test('has its answers looked at', async ({ assert }) => {
    await giveName('madoguchi', 'tanaka.misaki')
    const visitor = new Visitor()
    const { location } = await visitor.get('/login/directory')
    const back = await city.walk(location!)
    // An answer that somebody else's browser was given.
    const other = new Visitor()
    assert.include((await other.get(back)).text, 'もう一度はじめから')
    const third = new Visitor()
    await third.get('/login/directory')
    assert.equal((await third.get(back)).status, 422)
    assert.equal((await visitor.get(back)).location, '/')
    // And once.
    assert.equal((await visitor.get(back)).status, 422)

    env.set('OIDC_ISSUER', 'http://127.0.0.1:9')
    const away = await new Visitor().get('/login/directory')
    assert.equal(away.status, 422)
    assert.include(away.text, 'つながりません')
  })

  test('stands for the password where that is asked for, just after signing in', async ({
    assert,
  }) => {
    await giveName('madoguchi', 'tanaka.misaki')
    const { visitor } = await come({ sub: 's-1', name: 'tanaka.misaki' })
    await visitor.get('/account')
    assert.equal((await visitor.post('/account/recovery-codes')).status, 200)
    await db.rawQuery(
      `update sessions set data = jsonb_set(data::jsonb, '{message,since}', '1000')::text`
    )
    const late = await visitor.post('/account/recovery-codes')
    assert.equal(late.location, '/account')
    assert.include((await visitor.get('/account')).text, 'ログインしなおして')
  })
})
