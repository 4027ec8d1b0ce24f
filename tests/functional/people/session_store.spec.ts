import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { stores } from '@adonisjs/session'
import { SessionStore } from '#app/people/session_store'
import { reset } from '#tests/support/reset'

const SIGNED_IN = { auth_web: '01a22280-8be9-71b9-a60b-727ac863acc5' }

/** Visitors' sessions go with their browser; here there are none. */
const NOWHERE = { read: () => null, write() {}, destroy() {}, touch() {} }

test.group('A session', (group) => {
  group.each.setup(reset)

  test('that was ended while a request was on its way doesn’t come back with it', async ({
    assert,
  }) => {
    const make = await stores.database({ tableName: 'sessions', gcProbability: 0 }).resolver(app)
    const people = make({} as never, { age: '1h' } as never)
    await new SessionStore(people, NOWHERE).write('s1', SIGNED_IN)
    const request = new SessionStore(people, NOWHERE)
    assert.deepEqual(await request.read('s1'), SIGNED_IN)
    await db.from('sessions').delete()
    await request.write('s1', { ...SIGNED_IN, notice: 'x' })
    assert.lengthOf(await db.from('sessions'), 0)
    const login = new SessionStore(people, NOWHERE)
    assert.isNull(await login.read('s2'))
    await login.write('s2', SIGNED_IN)
    assert.lengthOf(await db.from('sessions'), 1)
  })
})
