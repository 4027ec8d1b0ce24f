import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { addUser, type NewUser } from '#app/people/members/add_user'
import { changeUser } from '#app/people/members/change_user'
import { invite } from '#app/people/members/invite'
import { leave } from '#app/people/members/leave'
import { issuePassword } from '#app/people/passwords/issue_password'
import { setPassword } from '#app/people/passwords/set_password'
import { PERMISSIONS } from '#app/people/permission'
import { beginInstallation } from '#app/people/setup/begin_installation'
import { addRole, changeRole, removeRole } from '#app/people/roles/save_role'
import Organization from '#app/people/organization'
import User from '#app/people/user'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'
import { DEMO_PASSWORD } from '#database/seeders/demo'
import { givenSubmission, person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const OWN = 'umi to yama no aida'

function plan(given: Partial<NewUser> = {}): NewUser {
  return {
    organizationId: '',
    login: 'aoyama',
    displayName: '青山 花子',
    role: 'operator',
    sites: ['center'],
    locale: 'ja',
    ...given,
  }
}

async function center(): Promise<Organization> {
  return Organization.findByOrFail('kind', 'center')
}

/** Adds somebody to the center, and gives them a password for one time. */
async function givenInvited(given: Partial<NewUser> = {}) {
  const added = await addUser(
    await person('admin'),
    plan({ organizationId: (await center()).id, ...given })
  )
  if (!added.ok) throw new Error(added.reason)
  const password = await transition((t) =>
    issuePassword(t, added.user, { verb: 'user.reset', actorId: null })
  )
  return { user: await added.user.refresh(), password }
}

async function enter(login: string, password: string) {
  const visitor = new Visitor()
  await visitor.get('/login')
  return { visitor, answer: await visitor.post('/login', { login, password }) }
}

test.group('People', (group) => {
  group.each.setup(reset)

  test('are added and invited on a screen, and choose a password before anything else', async ({
    assert,
  }) => {
    const admin = await Visitor.loggedIn('admin')
    const { location } = await admin.post('/people', {
      'organization_id': (await center()).id,
      'login': 'Aoyama',
      'display_name': '青山 花子',
      'role': 'operator',
      'sites[]': 'home',
      'locale': 'ja',
    })
    assert.match(location!, /^\/people\/[0-9a-f-]{36}$/)
    assert.include((await admin.get(location!)).text, 'まだログインできません')
    assert.include((await admin.get('/people?q=青山')).text, '青山 花子')
    const sheet = await admin.post(`${location!}/invitation`)
    assert.equal(sheet.status, 200)
    assert.isTrue(sheet.text.startsWith('%PDF-'))

    const { user, password } = await givenInvited({ login: 'b' + newId().slice(-6) })
    const { visitor, answer } = await enter(user.login, password)
    assert.equal(answer.location, '/')
    assert.equal((await visitor.get('/work')).location, '/password')
    assert.equal((await visitor.post('/work/assignments', {})).location, '/password')
    assert.include((await visitor.get('/password')).text, '一度だけのパスワード')
    const set = (current: string, next: string, again = next) =>
      visitor.post('/password', { current, password: next, again })
    assert.include((await set('wrong', OWN)).text, 'いまのパスワードがちがいます')
    assert.include((await set(password, OWN, 'else')).text, '2つの欄でちがいます')
    assert.include((await set(password, 'kurz')).text, '短すぎます')
    assert.include((await set(password, 'Password123!')).text, 'よく使われる')
    assert.include((await set(password, 'aaaaaaaabbbbbbbbb')).text, '同じ字ばかり')
    assert.include((await set(password, `${user.login}-${user.login}-1`)).text, '利用者名や名前')
    assert.equal((await set(password, OWN)).location, '/')
    assert.equal((await visitor.get('/work')).status, 200)
    assert.equal((await enter(user.login, password)).answer.status, 422)
    assert.equal((await enter(user.login, OWN)).answer.location, '/')
  })

  test('can’t use an invitation that has run out', async ({ assert }) => {
    const { user, password } = await givenInvited()
    await db
      .from('users')
      .where('id', user.id)
      .update({ password_until: db.raw(`now() - interval '1 minute'`) })
    const { answer } = await enter(user.login, password)
    assert.equal(answer.status, 422)
    assert.include(answer.text, '期限が切れています')
  })

  test('who get a new password are signed out everywhere', async ({ assert }) => {
    const operator = await Visitor.loggedIn('operator1')
    const admin = await person('admin')
    assert.exists(await invite(admin, [(await person('operator1')).id], 'http://x/login'))
    assert.equal((await operator.get('/work')).location, '/login')
    assert.equal((await enter('operator1', DEMO_PASSWORD)).answer.status, 422)
  })

  test('are signed out also where a request is just writing their session', async ({ assert }) => {
    const operator = await Visitor.loggedIn('operator1')
    const kept = await db.from('sessions')
    const { id } = await person('operator1')
    await invite(await person('admin'), [id], 'http://x/login')
    await db.table('sessions').multiInsert(kept)
    assert.equal((await operator.get('/work')).location, '/login')
  })

  test('see where they are logged in, and end it there', async ({ assert }) => {
    const here = await Visitor.loggedIn('operator1')
    const elsewhere = await Visitor.loggedIn('operator1')
    const page = (await here.get('/account')).text
    const [, path] = /action="(\/account\/sessions\/[0-9a-f]+\/end)"/.exec(page)!
    await here.post(path)
    assert.equal((await elsewhere.get('/work')).location, '/login')
    assert.equal((await here.get('/work')).status, 200)
    const other = await Visitor.loggedIn('operator2')
    assert.lengthOf(await db.from('sessions'), 2)
    await other.get('/account')
    const [, own] =
      /action="(\/account\/sessions\/[0-9a-f]+\/end)"/.exec((await here.get('/account')).text) ?? []
    assert.isUndefined(own)
  })

  test('have names to log in with once, whoever had them', async ({ assert }) => {
    const admin = await person('admin')
    const organizationId = (await center()).id
    const first = await addUser(admin, plan({ organizationId }))
    assert.isTrue(first.ok)
    if (first.ok) assert.deepEqual(await leave(admin, first.user.id), { ok: true })
    assert.deepEqual(await addUser(admin, plan({ organizationId })), {
      ok: false,
      reason: 'login_taken',
    })
    const visitor = await Visitor.loggedIn('admin')
    const refused = await visitor.post('/people', {
      login: 'あおやま',
      display_name: 'x',
      role: 'operator',
      locale: 'ja',
    })
    assert.equal(refused.status, 422)
    assert.include(refused.text, '利用者名は、英小文字')
  })

  test('can’t guess the present password without end', async ({ assert }) => {
    const operator = await Visitor.loggedIn('operator1')
    const guess = () => operator.post('/password', { current: 'wrong', password: OWN, again: OWN })
    for (let guesses = 0; guesses < 10; guesses++)
      assert.include((await guess()).text, 'いまのパスワードがちがいます')
    assert.include((await guess()).text, 'まちがいが続いた')
    const right = { current: DEMO_PASSWORD, password: OWN, again: OWN }
    assert.equal((await operator.post('/password', right)).status, 422)
  })

  test('who are invited anew meanwhile keep the password of the sheet', async ({ assert }) => {
    const { user, password } = await givenInvited()
    const asSeen = await User.findOrFail(user.id)
    await invite(await person('admin'), [user.id], 'http://x/login')
    const own = { current: password, password: OWN, again: OWN }
    assert.equal(await setPassword(asSeen, own), 'wrong')
    assert.equal((await enter(user.login, OWN)).answer.status, 422)
  })

  test('work at home only where their role does: nothing else is put in its place', async ({
    assert,
  }) => {
    const admin = await person('admin')
    const atHome = { organizationId: (await center()).id, sites: ['home' as const] }
    assert.deepEqual(await addUser(admin, plan({ ...atHome, role: 'leader' })), {
      ok: false,
      reason: 'no_home',
    })
    const added = await addUser(admin, plan(atHome))
    if (!added.ok) throw new Error(added.reason)
    assert.deepEqual(added.user.sites, ['home'])
    const change = {
      displayName: 'x',
      role: 'leader',
      sites: added.user.sites,
      locale: 'ja' as const,
    }
    assert.deepEqual(await changeUser(admin, added.user.id, change), {
      ok: false,
      reason: 'no_home',
    })
  })

  test('who come back keep their history, and need an invitation', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    const { id } = await person('operator1')
    assert.include((await admin.post(`/people/${id}/leaving`)).text, 'やめたことにする')
    assert.isNull((await User.findOrFail(id)).leftAt)
    await admin.post(`/people/${id}/leaving`, { sure: 'yes' })
    assert.include((await admin.get('/people?left=1')).text, '佐藤 花')
    assert.notInclude((await admin.get('/people')).text, '佐藤 花')
    await admin.post(`/people/${id}/return`)
    assert.equal((await enter('operator1', DEMO_PASSWORD)).answer.status, 422)
    assert.include((await admin.get(`/people/${id}`)).text, 'まだログインできません')
  })

  test('of whom one is left to administer the others', async ({ assert }) => {
    const admin = await person('admin')
    assert.deepEqual(await leave(admin, admin.id), { ok: false, reason: 'nobody_left' })
    const change = {
      displayName: 'x',
      role: 'leader',
      sites: ['center' as const],
      locale: 'ja' as const,
    }
    assert.deepEqual(await changeUser(admin, admin.id, change), {
      ok: false,
      reason: 'nobody_left',
    })
    assert.equal((await person('admin')).role, 'center_admin')
    const { user } = await givenInvited({ role: 'center_admin' })
    assert.deepEqual(await changeUser(admin, admin.id, change), {
      ok: false,
      reason: 'nobody_left',
    })
    await db.from('users').where('id', user.id).update({ password_until: null })
    assert.deepEqual(await changeUser(admin, admin.id, change), { ok: true })
  })

  test('of whom one is left who may do everything, not only bring in people', async ({
    assert,
  }) => {
    const admin = await person('admin')
    const made = await addRole(admin, await center(), {
      name: '人事',
      permissions: ['people.manage', 'clients.all'],
    })
    if (!made.ok) throw new Error(made.reason)
    const { user } = await givenInvited({ role: made.role.id })
    await db.from('users').where('id', user.id).update({ password_until: null })
    assert.deepEqual(await leave(admin, admin.id), { ok: false, reason: 'nobody_left' })
  })

  test('give what they have, and act for nobody who has more', async ({ assert }) => {
    const admin = await person('admin')
    const own = await center()
    const clerk = await addRole(admin, own, {
      name: '人事',
      permissions: ['people.manage', 'tasks.take'],
    })
    if (!clerk.ok) throw new Error(clerk.reason)
    const { user } = await givenInvited({ role: clerk.role.id })
    const organizationId = own.id
    assert.deepEqual(await addUser(user, plan({ organizationId, login: 'x1' })), {
      ok: false,
      reason: 'more_than_own',
    })
    assert.isTrue(
      (await addUser(user, plan({ organizationId, login: 'x2', role: clerk.role.id }))).ok
    )
    assert.isNull(await invite(user, [admin.id], 'http://x/login'))
    const named = await addUser(user, plan({ organizationId, login: 'x3', role: clerk.role.id }))
    if (!named.ok) throw new Error(named.reason)
    assert.exists(await invite(user, [named.user.id], 'http://x/login'))
    await db.from('users').where('id', named.user.id).update({ sees_protected: true })
    assert.isNull(await invite(user, [named.user.id], 'http://x/login'))
    assert.deepEqual(await leave(user, admin.id), { ok: false, reason: 'more_than_own' })
    assert.deepEqual(await addRole(user, own, { name: 'y', permissions: ['values.export'] }), {
      ok: false,
      reason: 'more_than_own',
    })
  })

  test('lose what they have taken on where they may do less', async ({ assert }) => {
    await givenSubmission()
    const operator = await Visitor.loggedIn('operator1')
    await operator.get('/work')
    await operator.post('/work/assignments', {})
    assert.lengthOf(await db.from('tasks').where('state', 'leased'), 1)
    const admin = await person('admin')
    const { id } = await person('operator1')
    const change = { displayName: '佐藤 花', sites: ['center' as const], locale: 'ja' as const }
    await changeUser(admin, id, { ...change, role: 'operator' })
    assert.lengthOf(await db.from('tasks').where('state', 'leased'), 1)
    assert.deepEqual(await changeUser(admin, id, { ...change, role: 'leader', seen: 'desk' }), {
      ok: false,
      reason: 'overtaken',
    })
    await changeUser(admin, id, { ...change, role: 'leader', seen: 'operator' })
    assert.lengthOf(await db.from('tasks').where('state', 'leased'), 0)
  })

  test('of a client are administered by its own', async ({ assert }) => {
    const admin = await person('admin')
    const health = await Organization.findByOrFail('slug', 'health')
    const { user, password } = await givenInvited({
      organizationId: health.id,
      login: 'kenko2',
      role: 'client_admin',
    })
    await db.from('users').where('id', user.id).update({ password_until: null })
    const { visitor } = await enter('kenko2', password)
    const list = (await visitor.get('/people')).text
    assert.include(list, '健康課 山本')
    assert.notInclude(list, '佐藤 花')
    assert.equal((await visitor.get(`/people/${admin.id}`)).status, 404)
    assert.equal((await visitor.post(`/people/${admin.id}/invitation`)).status, 404)
    assert.equal((await visitor.get('/organizations')).status, 404)
    const { location } = await visitor.post('/people', {
      organization_id: (await center()).id,
      login: 'kenko3',
      display_name: '健康課 三',
      role: 'client',
      locale: 'ja',
    })
    const { organizationId } = await User.findByOrFail('login', 'kenko3')
    assert.equal(organizationId, health.id, location ?? '')
    const made = await addRole(user, health, { name: '全部', permissions: [...PERMISSIONS] })
    assert.isTrue(made.ok)
    if (made.ok) assert.notInclude(made.role.permissions, 'clients.all')
  })

  test('are added from a table: all of them, or nobody', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    const { id } = await center()
    const send = (rows: string[]) => {
      const form = new FormData()
      form.set('organization_id', id)
      const table = ['氏名,利用者名,役割,場所,言語,メール,市の認証での名前', ...rows].join('\n')
      form.set('file', new Blob([table]), 'people.csv')
      return admin.post('/people/import', form)
    }
    const many = Array.from({ length: 500 }, (_, at) => `人 ${at},p${at},オペレーター,センター`)
    const doubled = await send([...many, '人 x,p7,オペレーター,', '人 y,OPERATOR1,リーダー,自宅'])
    assert.equal(doubled.status, 422)
    assert.include(doubled.text, '502行目')
    assert.lengthOf(await db.from('users').whereLike('login', 'p%'), 0)
    const known = await send(['人 y,OPERATOR1,リーダー,センター', '人 z,p1,王様,センター'])
    assert.include(known.text, '選べないものです')
    const picture = new FormData()
    picture.set('organization_id', id)
    picture.set('file', new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])]), 'people.csv')
    const noTable = await admin.post('/people/import', picture)
    assert.equal(noTable.status, 422)
    assert.notInclude(noTable.text, 'translation missing')
    assert.match(noTable.text, /見出しが足りません|文字が読めません/)
    const atHome = await send(['人 y,p1,リーダー,自宅'])
    assert.include(atHome.text, 'その役割の人は、自宅では働けません')
    const constructed = await send(['人 y,p1,オペレーター,constructor'])
    assert.equal(constructed.status, 422)
    await addRole(await person('admin'), await center(), { name: 'Operator', permissions: [] })
    assert.include((await send(['人 y,p1,operator,センター'])).text, '選べないものです')
    const taken = await send(['人 y,OPERATOR1,リーダー,センター'])
    assert.include(taken.text, 'もう使われています')
    const wrong = await send([
      '人 y,p1,オペレーター,,,誰か',
      '人 z,p2,オペレーター,,,a@b.example.jp,x',
    ])
    assert.include(wrong.text, 'メールアドレス: ')
    const twice = await send(['人 y,p1,オペレーター,,,,y.h', '人 z,p2,オペレーター,,,,y.h'])
    assert.include(twice.text, '3行目')
    assert.include(twice.text, 'ほかの人')
    assert.notInclude(twice.text, 'translation missing')
    assert.notInclude(wrong.text, 'translation missing')
    many[3] = '人 3,p3,オペレーター,センター,,p3@city.example.jp,p.three'
    const { location } = await send(many)
    const third = await db.from('users').where('login', 'p3').firstOrFail()
    assert.deepEqual([third.email, third.directory_name], ['p3@city.example.jp', 'p.three'])
    assert.isNull((await db.from('users').where('login', 'p4').firstOrFail()).email)
    const others = await send(['人 q,q1,オペレーター,,,,p.three'])
    assert.equal(others.status, 422)
    assert.include(others.text, 'この名前は、ほかの人のものです')
    assert.equal(location, `/people?organization=${id}`)
    assert.lengthOf(await db.from('users').whereLike('login', 'p%'), 500)
    const sheets = await admin.post('/people/invitations', { organization: id })
    assert.isTrue(sheets.text.startsWith('%PDF-'))
    assert.lengthOf(await db.from('users').whereLike('login', 'p%').whereNotNull('invited_at'), 40)
  })
})

test.group('Roles', (group) => {
  group.each.setup(reset)

  test('are made on a screen, and what they may is shown beside the others', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    const { id } = await center()
    const { location } = await admin.post('/roles', {
      'organization': id,
      'name': '夜の担当',
      'permissions[]': 'values.key',
    })
    assert.equal(location, `/roles?organization=${id}`)
    const table = (await admin.get('/roles')).text
    assert.include(table, '夜の担当')
    assert.include(table, 'マイナンバーは、だれにも見えません')
    const twice = await admin.post('/roles', { organization: id, name: '夜の担当' })
    assert.include(twice.text, 'その名前の役割は、もうあります')
  })

  test('that change hold at once, for everybody who has them', async ({ assert }) => {
    const admin = await person('admin')
    const made = await addRole(admin, await center(), {
      name: '夜',
      permissions: ['submissions.see'],
    })
    if (!made.ok) throw new Error(made.reason)
    const { user, password } = await givenInvited({ role: made.role.id })
    await db.from('users').where('id', user.id).update({ password_until: null })
    const { visitor } = await enter(user.login, password)
    assert.equal((await visitor.get('/submissions')).status, 200)
    const seen = String(made.role.changedAt.toMillis())
    const less = { name: '夜', permissions: ['tasks.take'] }
    assert.isTrue((await changeRole(admin, made.role.id, { ...less, seen })).ok)
    assert.equal((await visitor.get('/submissions')).status, 404)
    assert.deepEqual(await changeRole(admin, made.role.id, { ...less, seen }), {
      ok: false,
      reason: 'overtaken',
    })
    assert.isFalse(await removeRole(admin, made.role.id))
    await changeUser(admin, user.id, {
      displayName: 'x',
      role: 'operator',
      sites: ['center'],
      locale: 'ja',
    })
    assert.isTrue(await removeRole(admin, made.role.id))
  })
})

test.group('The menu', (group) => {
  group.each.setup(reset)

  test('says what waits where somebody may go, and nothing of other screens', async ({
    assert,
  }) => {
    await givenSubmission()
    const operator = await Visitor.loggedIn('operator1')
    const counts = JSON.parse((await operator.get('/waiting')).text)
    assert.deepEqual(Object.keys(counts), ['/work'])
    assert.isAbove(counts['/work'], 0)
    const menu = (await operator.get('/work')).text
    assert.include(menu, 'data-waiting')
    assert.include((await operator.get('/waiting')).headers.get('cache-control')!, 'max-age=30')
    // From one task to the next nothing is counted.
    const { location } = await operator.post('/work/assignments', {})
    assert.notInclude((await operator.get(location!)).text, 'data-waiting')
    assert.include(menu, '入力する')
    assert.notInclude(menu, 'href="/people"')
    assert.deepEqual(JSON.parse((await (await Visitor.loggedIn('kenko')).get('/waiting')).text), {})
  })
})

test.group('An installation', (group) => {
  group.each.setup(reset)

  test('is begun once: whoever comes second begins nothing', async ({ assert }) => {
    const begun = await beginInstallation({
      center: '別のセンター',
      displayName: 'x',
      login: 'x1',
      password: OWN,
      locale: 'ja',
    })
    assert.isNull(begun)
    assert.lengthOf(await Organization.query().where('kind', 'center'), 1)
  })
})
