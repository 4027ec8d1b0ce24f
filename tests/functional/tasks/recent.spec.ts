import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Submission from '#app/submissions/submission'
import { newId } from '#app/core/ids'
import { reopenWork } from '#app/tasks/recent_work'
import { takeNextTask } from '#app/tasks/take_next_task'
import { givenSubmission, person } from '#tests/support/given'
import { transition } from '#app/core/transition'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** Somebody takes the next group and keys the same into all of its fields; the id of the assignment. */
async function key(visitor: Visitor, text: string): Promise<string> {
  const { location } = await visitor.post('/work/assignments')
  const id = location!.split('/').at(-1)!
  const fields = [...(await visitor.get(location!)).text.matchAll(/name="(values\[\w+\])"/g)]
  const values = Object.fromEntries(fields.map(([, name]) => [name, text]))
  const asked = Object.fromEntries(
    fields.map(([, name]) => [name.replace('values', 'asked'), text])
  )
  await visitor.post(`${location}/result`, { ...values, ...asked, sure: '1' })
  return id
}

function entriesOf(assignment: string) {
  return db.from('entries').where('assignment_id', assignment)
}

test.group('What one finished last', (group) => {
  group.each.setup(reset)

  test('is listed, and opened again with what was keyed as long as nobody else was at it', async ({
    assert,
  }) => {
    await givenSubmission()
    const operator = await Visitor.loggedIn('operator1')
    assert.include((await operator.get('/work/recent')).text, 'まだ終えた作業はありません')
    const first = await key(operator, '一つめ')
    await key(operator, '二つめ')
    const list = (await operator.get('/work/recent')).text
    assert.lengthOf(list.match(/開きなおす<\/button>|開きなおす\s*<\/button>/g) ?? [], 2)
    const stranger = await Visitor.loggedIn('operator3')
    assert.equal((await stranger.post(`/work/recent/${first}`)).location, '/work/recent')
    assert.lengthOf(await entriesOf(first), 1)
    const { location } = await operator.post(`/work/recent/${first}`)
    assert.include(location!, '/work/assignments/')
    assert.include((await operator.get(location!)).text, '一つめ')
    assert.lengthOf(await entriesOf(first), 0)
    const task = await db.from('assignments').where('id', first).firstOrFail()
    const again = await db.from('tasks').where('id', task.task_id).firstOrFail()
    assert.equal(again.state, 'leased')
  })

  test('stays once somebody else has begun on the same part, or it was decided', async ({
    assert,
  }) => {
    await givenSubmission()
    const operator = await Visitor.loggedIn('operator1')
    const first = await key(operator, '一つめ')
    await key(operator, '二つめ')
    const done = await db.from('assignments').where('id', first).firstOrFail()
    const own = await db.from('tasks').where('id', done.task_id).firstOrFail()
    const other = await db
      .from('tasks')
      .where({ group_key: own.group_key, pass: own.pass === 1 ? 2 : 1 })
      .firstOrFail()
    const taken = await takeNextTask(await person('operator2'), 'center', { taskId: other.id })
    assert.isTrue(taken.ok)
    assert.equal((await operator.post(`/work/recent/${first}`)).location, '/work/recent')
    assert.include((await operator.get('/work/recent')).text, '開きなおせません')
    assert.lengthOf(await entriesOf(first), 1)
    // Given back, it was as if nobody had begun.
    await db
      .from('assignments')
      .where('user_id', (await person('operator2')).id)
      .update({ ended_at: db.raw('now()'), ended_reason: 'given_back' })
    assert.include((await operator.post(`/work/recent/${first}`)).location!, '/work/assignments/')
  })

  test('stays as it was for somebody who may not do it where they are now', async ({ assert }) => {
    await givenSubmission()
    await db.from('tasks').update({ site: 'center' })
    const user = await person('operator4')
    await db
      .from('users')
      .where('id', user.id)
      .update({ sites: ['center', 'home'] })
    const operator = await Visitor.loggedIn('operator4', 'center')
    const first = await key(operator, '一つめ')
    await key(operator, '二つめ')
    await user.refresh()
    assert.isFalse((await reopenWork(user, 'home', first)).ok)
    assert.lengthOf(await entriesOf(first), 1)
    assert.isTrue((await reopenWork(user, 'center', first)).ok)
  })

  test('stays where a leader is asked to decide about it', async ({ assert }) => {
    await givenSubmission()
    const operator = await Visitor.loggedIn('operator1')
    const first = await key(operator, '一つめ')
    await key(operator, '二つめ')
    const done = await db.from('assignments').where('id', first).firstOrFail()
    const own = await db.from('tasks').where('id', done.task_id).firstOrFail()
    await db.table('tasks').insert({ ...own, id: newId(), kind: 'adjudicate', state: 'open' })
    assert.equal((await operator.post(`/work/recent/${first}`)).location, '/work/recent')
    assert.lengthOf(await entriesOf(first), 1)
  })

  test('stays once its values stand, though nobody else has keyed them', async ({ assert }) => {
    const { id } = await givenSubmission()
    const operator = await Visitor.loggedIn('operator1')
    const first = await key(operator, '一つめ')
    await key(operator, '二つめ')
    await transition(async (t) => {
      const submission = await Submission.query({ client: t.trx }).where('id', id).forUpdate()
      await submission[0].verify(t)
    })
    assert.notInclude((await operator.get('/work/recent')).text, 'action="/work/recent/')
    assert.equal((await operator.post(`/work/recent/${first}`)).location, '/work/recent')
    assert.lengthOf(await entriesOf(first), 1)
  })
})
