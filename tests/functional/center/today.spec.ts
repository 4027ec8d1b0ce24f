import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { countDay, forgetDay } from '#app/center/today/count_day'
import { givenSubmission } from '#tests/support/given'
import { givenVisit } from '#tests/support/given_live'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

async function figure(name: string) {
  forgetDay()
  const parts = await countDay()
  return parts.flatMap(({ figures }) => figures).find((one) => one.name === name)!
}

test.group('Today', (group) => {
  group.each.setup(reset)

  test('counts what came in, what waits since when, and what is late', async ({ assert }) => {
    assert.equal((await figure('submissions')).count, 0)
    await givenSubmission()
    await givenVisit()
    assert.equal((await figure('scans')).count, 1)
    assert.equal((await figure('visits')).count, 1)
    const tasks = await figure('tasks')
    assert.isAbove(tasks.count, 5)
    assert.instanceOf(tasks.since, Date)
    assert.equal((await figure('tasks_late')).count, 0)
    await db.from('tasks').update({ due_on: '2020-01-06' })
    assert.equal((await figure('tasks_late')).count, tasks.count)

    const leader = await Visitor.loggedIn('leader')
    const { text } = await leader.get('/today')
    assert.include(text, '期限をすぎた作業')
    assert.include(text, 'href="/work"')
    assert.equal((await (await Visitor.loggedIn('operator1')).get('/today')).status, 404)
    assert.equal((await (await Visitor.loggedIn('kenko')).get('/today')).status, 404)
  })
})
