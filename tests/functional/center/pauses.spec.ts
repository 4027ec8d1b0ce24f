import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { dueWork } from '#app/center/board/count_work'
import { today } from '#app/core/clock'
import { forgetBoard } from '#app/center/board/current_board'
import { followPauses } from '#app/tasks/pauses'
import { givenSubmission, person, take, vaccination } from '#tests/support/given'
import { givenBatch } from '#tests/support/given_batch'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

test.group('Pausing a service', (group) => {
  group.each.setup(reset)

  async function paused() {
    const { service } = await vaccination()
    const leader = await Visitor.loggedIn('leader')
    await leader.post(`/board/services/${service.id}/pause`)
    return { leader, path: `/board/services/${service.id}` }
  }

  test('gives its work to nobody until it is resumed, what comes meanwhile with it', async ({
    assert,
  }) => {
    await givenSubmission()
    forgetBoard()
    const { leader, path } = await paused()
    assert.include((await leader.get('/board')).text, '止まっています')
    // Nobody is given it today: no leader is told to find people for it.
    await db.from('tasks').update({ due_on: today() })
    assert.equal((await dueWork(new Map())).tasks, 0)
    const operator = await person('operator1')
    assert.isNull(await take(operator))
    await givenSubmission()
    assert.isNull(await take(operator))
    const visitor = await Visitor.loggedIn('operator1')
    assert.include((await visitor.get('/work')).text, '<span class="figure">0</span>入力')
    // What isn't of the service goes on.
    await givenBatch(leader)
    assert.lengthOf(await db.from('tasks').where({ kind: 'piece', held: false }), 2)
    await leader.post(`${path}/pause`)
    assert.lengthOf(await db.from('events').where('verb', 'service.paused'), 1)
    await leader.post(`${path}/resumption`)
    assert.notInclude((await leader.get('/board')).text, '止まっています')
    assert.isNotNull(await take(operator))
    assert.lengthOf(await db.from('tasks').where('held', true), 0)
    assert.equal((await leader.post(`${path}/resumption`)).location, '/board')
  })

  test('leaves what somebody has begun, and takes back what only lies ready', async ({
    assert,
  }) => {
    await givenSubmission()
    const operator = await Visitor.loggedIn('operator1')
    const { location } = await operator.post('/work/assignments', { kind: 'key' })
    await operator.post(`${location}/ahead`, {}, { accept: 'application/json' })
    assert.lengthOf(await db.from('assignments').where('ahead', true).whereNull('ended_at'), 2)
    await paused()
    assert.lengthOf(await db.from('assignments').where('ahead', true).whereNull('ended_at'), 0)
    assert.equal((await operator.get(location!)).status, 200)
    // Given back, it isn't given to the next either.
    await operator.post(`${location}?_method=DELETE`)
    assert.isNull(await take(await person('operator2')))
  })

  test('goes on where a process died in the middle', async ({ assert }) => {
    await givenSubmission()
    const { path, leader } = await paused()
    await db.from('tasks').update({ held: false })
    await followPauses()
    assert.isNull(await take(await person('operator1')))
    await leader.post(`${path}/resumption`)
    await db.from('tasks').update({ held: true })
    await followPauses()
    assert.isNotNull(await take(await person('operator1')))
  })

  test('is seen on the board, and ended there, though none of its work waits', async ({
    assert,
  }) => {
    forgetBoard()
    const { leader, path } = await paused()
    const { text } = await leader.get('/board')
    assert.include(text, '止まっています')
    assert.include(text, `action="${path}/resumption"`)
  })

  test('is for who arranges the work', async ({ assert }) => {
    const { service } = await vaccination()
    for (const login of ['operator1', 'kenko']) {
      const visitor = await Visitor.loggedIn(login)
      assert.equal((await visitor.post(`/board/services/${service.id}/pause`)).status, 404)
    }
    assert.lengthOf(await db.from('paused_services'), 0)
  })
})
