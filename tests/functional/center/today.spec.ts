import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { countDay, forgetDay } from '#app/center/today/count_day'
import { forgetCharts, loadCharts } from '#app/center/today/load_charts'
import { forgetWaiting } from '#app/people/navigation'
import { givenSubmission, person, take } from '#tests/support/given'
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

  test('each number of the queue is a list: what waits, what is late, who works', async ({
    assert,
  }) => {
    const submission = await givenSubmission()
    const leader = await Visitor.loggedIn('leader')
    const today = (await leader.get('/today')).text
    for (const href of [
      '/work/open"',
      '/work/open?late=1"',
      '/work/open#people"',
      '/submissions?day=20',
    ])
      assert.include(today, `href="${href}`)
    const open = (await leader.get('/work/open')).text
    assert.include(open, submission.receipt)
    assert.include(open, 'いま作業中の人はいません')
    assert.include((await leader.get('/work/open?late=1')).text, '期限をすぎた作業はありません')
    await db.from('tasks').update({ due_on: '2020-01-06' })
    assert.include((await leader.get('/work/open?late=1')).text, submission.receipt)
    assert.isNotNull(await take(await person('operator1')))
    assert.include((await leader.get('/work/open')).text, '佐藤 花')
    await db.from('submissions').update({ protected: true })
    await db.from('users').where('login', 'leader').update({ sees_protected: false })
    assert.notInclude((await leader.get('/work/open')).text, submission.receipt)
    // Older ones first; the next page begins where this one ends.
    const first = await db.from('tasks').orderBy('created_at').orderBy('id').firstOrFail()
    const rest = (await leader.get(`/work/open?after=${first.id}`)).text
    const count = async () => Number((await db.from('tasks').count('* as count'))[0].count)
    const [others, working] = [(await count()) - 1, 1]
    assert.equal(rest.split('datetime=').length - 1, others + working)
    assert.equal((await (await Visitor.loggedIn('operator1')).get('/work/open')).status, 404)
  })

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
    // Whoever doesn't run the day sees their own.
    for (const login of ['operator1', 'kenko', 'silver']) {
      const own = await (await Visitor.loggedIn(login)).get('/today')
      assert.equal(own.status, 200)
      assert.notInclude(own.text, '期限をすぎた作業')
      assert.notInclude(own.text, 'data-chart')
    }
  })

  test('begins with what waits for whoever looks, and the way to it', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    assert.equal((await client.get('/')).location, '/today')
    assert.include((await client.get('/today')).text, 'href="/orders" data-key="n"')
    const operator = await Visitor.loggedIn('operator1')
    assert.include((await operator.get('/today')).text, 'あなたを待っていることはありません')
    await givenSubmission()
    forgetWaiting()
    const { text } = await operator.get('/today')
    assert.match(text, /class="figures"[\s\S]*href="\/work"/)
    assert.include(text, 'href="/work" data-key="n"')
  })

  test('draws the days and the waiting from numbers that stand beneath', async ({ assert }) => {
    forgetCharts()
    assert.deepEqual(await loadCharts(), [])
    await givenSubmission()
    const desk = await Visitor.loggedIn('madoguchi')
    await desk.post('/tickets')
    await db.from('tickets').update({
      created_at: db.raw(`now() - interval '12 minutes'`),
      due_at: db.raw(`now() - interval '12 minutes'`),
    })
    await desk.post('/tickets/calls', { counter: '1' })
    forgetCharts()
    const charts = await loadCharts()
    const rowsOf = (name: string) => charts.find((one) => one.name === name)!.rows
    assert.lengthOf(rowsOf('volumes'), 14)
    assert.deepEqual(rowsOf('volumes').at(-1)!.values, [1, 0, 0, 0])
    assert.deepEqual(
      rowsOf('waits').map(({ values }) => values),
      [[12, 12]]
    )
    const { text } = await (await Visitor.loggedIn('leader')).get('/today')
    assert.include(text, '<table id="chart-volumes">')
  })
})
