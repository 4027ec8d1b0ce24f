import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { reset } from '#tests/support/reset'
import { Visitor, type Answer } from '#tests/support/visitor'

function send(visitor: Visitor, path: string, text: string, more: Record<string, string> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(more)) form.set(name, value)
  form.set('file', new Blob([text]), 'table.csv')
  return visitor.post(path, form)
}

test.group('Tables of organizations', (group) => {
  group.each.setup(reset)

  const added = () => db.from('organizations').whereIn('slug', ['forest', 'shakyo', 'wood'])

  test('are taken whole, with an event each, or not at all', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    const take = (text: string) => send(admin, '/organizations/import', text)
    const faulty: [string, string][] = [
      ['所属,記号\n森林課,forest\n森林課,wood\n', '同じ名前か短い名前'],
      ['所属,記号\n森林課,forest\n健康のこと,health\n', '同じ名前か短い名前'],
      ['所属,記号,種類\n森林課,forest,会社\n', '種類'],
      ['所属,短い名前\n森林課,森\n', '短い名前は、英小文字'],
      ['所属,記号\n森林課,forest\n山林課,forest\n', '短い名前'],
      ['名前だけ\n森林課\n', ''],
      ['', ''],
    ]
    for (const [text, said] of faulty) {
      const refused = await take(text)
      assert.equal(refused.status, 422, text)
      assert.include(refused.text, 'role="alert"')
      assert.include(refused.text, said)
    }
    assert.isEmpty(await added())
    const answer = await take('所属,記号,種類\n森林課,ＦＯＲＥＳＴ,\n社協,shakyo,引きつぐ先\n')
    assert.equal(answer.location, '/organizations')
    assert.sameDeepMembers(
      (await added()).map(({ name, slug, kind }) => [name, slug, kind]),
      [
        ['森林課', 'forest', 'client'],
        ['社協', 'shakyo', 'partner'],
      ]
    )
    assert.lengthOf(await db.from('events').where('verb', 'organization.added'), 2)
    const leader = await Visitor.loggedIn('leader')
    assert.equal((await send(leader, '/organizations/import', '所属,記号\nx,wood\n')).status, 404)
  })
})

test.group('Tables of roles', (group) => {
  group.each.setup(reset)

  const made = () => db.from('roles').orderBy('name')

  async function table(visitor: Visitor): Promise<{ heads: string[]; answer: Answer }> {
    const answer = await visitor.get('/roles/export')
    return { heads: answer.text.replace('\uFEFF', '').split('\r\n')[0].split(','), answer }
  }

  test('go out as the table that comes in, and are made whole or not at all', async ({
    assert,
  }) => {
    const admin = await Visitor.loggedIn('admin')
    const { heads, answer } = await table(admin)
    assert.include(answer.text, 'オペレーター')
    assert.equal(heads[1], '"二つ目の確認"')
    const index = heads.findIndex((head) => head.includes('電話'))
    const [one, other] = [heads[index], heads[index + 1]]
    const refused = await send(admin, '/roles/import', `役割,${one}\n夜,●\n朝,だいたい\n`)
    assert.equal(refused.status, 422)
    assert.include(refused.text, one.replaceAll('"', ''))
    const twice = await send(admin, '/roles/import', `役割,${one}\n夜,●\n夜,\n`)
    assert.equal(twice.status, 422)
    assert.isEmpty(await made())
    const taken = await send(
      admin,
      '/roles/import',
      `役割,${heads[1]},${one},${other}\n夜,●,●,\n朝,,,はい\n`
    )
    assert.match(taken.location!, /^\/roles/)
    const roles = await made()
    assert.lengthOf(roles, 2)
    assert.deepEqual(
      roles.map((role) => role.asks_factor),
      [true, false]
    )
    const [night, morning] = roles.map(({ permissions }) => permissions as string[])
    const only = (a: string[], b: string[]) => a.filter((permission) => !b.includes(permission))
    assert.lengthOf(only(morning, night), 1)
    assert.lengthOf(only(night, morning), 1)
    // Of a name that is there already nothing is made, not even those before it.
    const again = await send(admin, '/roles/import', `役割,${one}\n昼,●\n夜,●\n`)
    assert.equal(again.status, 422)
    assert.include(again.text, '同じ名前の役割')
    assert.lengthOf(await made(), 2)
  })

  test('give nobody more than whoever brings them has', async ({ assert }) => {
    const { heads } = await table(await Visitor.loggedIn('admin'))
    const client = await Visitor.loggedIn('kenko')
    assert.equal((await client.get('/roles/export')).status, 404)
    await db.from('users').where('login', 'kenko').update({ role: 'client_admin' })
    const own = await Visitor.loggedIn('kenko')
    const { heads: theirs } = await table(own)
    assert.isBelow(theirs.length, heads.length)
    const foreign = heads.find((head) => !theirs.includes(head))!
    // What a client's people can't have isn't a column of theirs: it says nothing.
    await send(own, '/roles/import', `役割,${theirs[2]},${foreign}\n係,●,●\n`)
    const [role] = await made()
    const { permissions } = role
    const { organization_id: organizationId } = role
    const health = await db.from('organizations').where('slug', 'health').firstOrFail()
    assert.equal(organizationId, health.id)
    assert.notInclude(permissions, 'clients.all')
  })
})
