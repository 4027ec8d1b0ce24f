import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'
import { navigation } from '#app/people/navigation'
import { permissionsOf } from '#app/people/permissions'
import { PERMISSIONS, type Permission } from '#app/people/permission'
import { forgetService } from '#tests/support/given_city_form'
import { givenEverything } from '#tests/support/given_everything'
import { allow } from '#tests/support/allow'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** Screens of something that their query names. */
const OF_SOMETHING = ['/layouts/new']

interface Asking {
  path: string
  permission: Permission
}

/** Every screen without a record in its address, and the permission that it asks for. */
function screens(): Asking[] {
  return asking().filter(({ path }) => !/[:*]/.test(path))
}

/** The same of the screens of records. */
function screensOf(records: string[]): Asking[] {
  const routes = asking().map((route) => ({
    ...route,
    fits: new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}$`),
  }))
  return records.map((record) => {
    const path = record.split('?')[0]
    // The first that fits answers, as it does in the router: what is written out comes before what stands for a name.
    const [route] = routes
      .filter(({ fits }) => fits.test(path))
      .sort((a, b) => a.path.split(':').length - b.path.split(':').length)
    return { path: record, permission: route.permission }
  })
}

function asking(): Asking[] {
  return Object.values(router.toJSON())
    .flat()
    .filter(({ methods, pattern }) => methods.includes('GET') && !/__transmit/.test(pattern))
    .flatMap(({ pattern, middleware }) => {
      const may = [...middleware.all()].find(
        (one): one is { name: string; args: Permission } & typeof one =>
          typeof one !== 'function' && one.name === 'may'
      )
      return may ? [{ path: pattern, permission: may.args }] : []
    })
}

test.group('Permissions', (group) => {
  group.each.setup(reset)
  group.teardown(() => forgetService('club'))

  test('taken one by one close their screens, and nothing else', async ({ assert }) => {
    const all = permissionsOf('center_admin')
    const visitor = await Visitor.loggedIn('admin')
    const records = screensOf(await givenEverything())
    const asked = [...screens(), ...records]
    assert.isAbove(records.length, 40)
    for (const { path } of records) assert.isBelow((await visitor.get(path)).status, 400, path)
    for (const taken of PERMISSIONS) {
      // Whoever doesn't work for the center sees no client's records: that one is tried by the wrong client's walk.
      if (taken === 'home.see' || taken === 'clients.all') continue
      await allow(
        'admin',
        all.filter((one) => one !== taken)
      )
      for (const { path } of asked.filter(({ permission }) => permission === taken))
        assert.equal((await visitor.get(path)).status, 404, `${path} without ${taken}`)
      const menu = (await visitor.get('/account')).text
      for (const { name, permission } of navigation.all())
        assert.equal(
          menu.includes(`href="${name}"`),
          permission !== taken,
          `${name} in the menu without ${taken}`
        )
    }
  }).timeout(240_000)

  test('of one screen alone open it, and no page on the way breaks', async ({ assert }) => {
    const visitor = await Visitor.loggedIn('admin')
    const broken: string[] = []
    for (const { path, permission } of screens()) {
      await allow('admin', ['home.see', 'clients.all', permission])
      const { status, text } = await visitor.get(path)
      if (status >= 400 && !OF_SOMETHING.includes(path)) broken.push(`${path}: ${status}`)
      assert.notInclude(text, 'translation missing', path)
    }
    assert.deepEqual(broken, [])
    // The first page is some page for everybody.
    for (const permission of PERMISSIONS) {
      await allow('admin', ['home.see', 'clients.all', permission])
      const { status } = await visitor.get('/', true)
      assert.equal(status, 200, `/ with ${permission} alone`)
    }
  }).timeout(240_000)
})
