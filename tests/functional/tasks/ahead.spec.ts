import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { workingNow } from '#app/tasks/open_work'
import { releaseExpired } from '#app/tasks/take_next_task'
import { countWork } from '#app/center/board/count_work'
import { freePeople } from '#app/center/board/people_now'
import { leave } from '#app/people/members/leave'
import { transition } from '#app/core/transition'
import { givenSubmission, person, take } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const JSON_WANTED = { accept: 'application/json' }

/** What lies ready of the task at an address, as the page asks for it. */
async function aheadOf(visitor: Visitor, at: string): Promise<string[]> {
  const { status, text } = await visitor.post(`${at}/ahead`, {}, JSON_WANTED)
  if (status !== 200) throw new Error(`Nothing lies ready: ${status}`)
  return (JSON.parse(text) as { ahead: string[] }).ahead
}

async function begin(login: string, site?: 'home'): Promise<{ visitor: Visitor; at: string }> {
  const visitor = await Visitor.loggedIn(login, site)
  const { location } = await visitor.post('/work/assignments', { kind: 'key' })
  if (!location?.includes('assignments/')) throw new Error('Nothing is to be keyed')
  return { visitor, at: location }
}

function open() {
  return db.from('assignments').whereNull('ended_at')
}

function idOf(at: string): string {
  return at.split('/').at(-1)!
}

test.group('Tasks that lie ready', (group) => {
  group.each.setup(reset)

  test('are the next two, the same in every window, and come in their order', async ({
    assert,
  }) => {
    await givenSubmission()
    await givenSubmission()
    const { visitor, at } = await begin('operator1')
    const [ahead, ...others] = await Promise.all(
      Array.from({ length: 4 }, () => aheadOf(visitor, at))
    )
    assert.lengthOf(ahead, 2)
    for (const other of others) assert.deepEqual(other, ahead)
    assert.equal((await visitor.get(ahead[0])).status, 200)
    assert.equal((await visitor.get(`${ahead[0]}/snippet`)).status, 200)
    // What lies ready isn't what they work on.
    assert.equal((await visitor.post('/work/assignments', { kind: 'key' })).location, at)
    assert.isEmpty(await aheadOf(visitor, ahead[0]))
    assert.lengthOf(await workingNow(), 1)
    const before = await open().where('id', idOf(ahead[0])).firstOrFail()
    await db.from('assignments').update({ started_at: db.raw(`now() - interval '1 hour'`) })
    const form = {
      'values[name_kana]': 'ヤマダ ハルエ',
      'values[name]': '山田 はるゑ',
      'sure': '1',
    }
    const { text } = await visitor.post(`${at}/result`, form, JSON_WANTED)
    const word = JSON.parse(text) as { next: string; ahead: string[] }
    assert.equal(word.next, ahead[0])
    // The word on it says what lies ready then: nobody asks.
    assert.lengthOf(word.ahead, 2)
    assert.equal(word.ahead[0], ahead[1])
    const begun = await open().where('ahead', false)
    assert.lengthOf(begun, 1)
    assert.equal(begun[0].id, before.id)
    // The time before it was begun is nobody's work.
    assert.isAbove(begun[0].started_at.getTime(), Date.now() - 60_000)
    // Without the page that turns its own leaves it goes the same way.
    const then = await visitor.post(`${ahead[0]}/result`, { ...form, sure: '1' })
    assert.equal(then.location ?? ahead[1], ahead[1])
  })

  test('are nobody else’s, until nothing was heard for some minutes', async ({ assert }) => {
    await givenSubmission()
    const { visitor, at } = await begin('operator1')
    const ahead = (await aheadOf(visitor, at)).map(idOf)
    const mine = await open().whereIn('id', ahead).select('task_id')
    const tasks = mine.map(({ task_id: id }) => id)
    const other = await person('operator2')
    assert.notInclude(tasks, (await take(other))!.taskId)
    const soon = db.raw(`now() + interval '10 seconds'`)
    // A sign of life prolongs it, and so does asking what lies ready.
    for (const heard of [() => visitor.put(`${at}/draft`, {}), () => aheadOf(visitor, at)]) {
      await db.from('assignments').where('ahead', true).update({ expires_at: soon })
      await heard()
      for (const { expires_at: until } of await open().where('ahead', true))
        assert.isAbove(until.getTime(), Date.now() + 120_000)
    }
    const over = db.raw(`now() - interval '1 second'`)
    await db.from('assignments').where('ahead', true).update({ expires_at: over })
    await transition((t) => releaseExpired(t))
    const free = await db.from('tasks').whereIn('id', tasks)
    assert.deepEqual(
      free.map(({ state }) => state),
      ['open', 'open']
    )
    // To who had them ready they may come as well.
    assert.lengthOf(await aheadOf(visitor, at), 2)
  })

  test('keep nobody from another pass of what they never began', async ({ assert }) => {
    await givenSubmission()
    const { visitor, at } = await begin('operator1')
    const ahead = (await aheadOf(visitor, at)).map(idOf)
    const over = db.raw(`now() - interval '1 second'`)
    await db.from('assignments').where('ahead', true).update({ expires_at: over })
    await transition((t) => releaseExpired(t))
    const [{ task_id: id }] = await db.from('assignments').where('id', ahead[0])
    const task = await db.from('tasks').where('id', id).firstOrFail()
    const other = { subject_id: task.subject_id, group_key: task.group_key, kind: 'key' }
    const { id: second } = await db
      .from('tasks')
      .where(other)
      .whereNot('pass', task.pass)
      .firstOrFail()
    const { location } = await visitor.post('/work/assignments', { kind: 'key', task_id: second })
    assert.include(location, '/work/assignments/')
    assert.equal((await open().where('ahead', false).firstOrFail()).task_id, second)
  })

  test('are work that waits, on the board, and leave who has them at work', async ({ assert }) => {
    await givenSubmission()
    const { visitor, at } = await begin('operator1')
    const count = async () => (await countWork(new Map(), []))[0]
    const before = await count()
    await aheadOf(visitor, at)
    assert.include(await count(), { waiting: before.waiting, inHand: 1 })
    await db
      .from('assignments')
      .where('ahead', true)
      .update({ expires_at: db.raw(`now() - interval '1 second'`) })
    await transition((t) => releaseExpired(t))
    assert.notInclude(
      (await freePeople()).map(({ id }) => id),
      (await person('operator1')).id
    )
  })

  test('are at home never two that tell together who somebody is', async ({ assert }) => {
    await givenSubmission()
    const { visitor, at } = await begin('operator4', 'home')
    await aheadOf(visitor, at)
    const { rows } = await db.rawQuery(
      `select count(*)::int as count, count(distinct linkage_id)::int as people from exposures where links <> 'free'`
    )
    assert.equal(rows[0].count, rows[0].people)
    assert.isAbove(rows[0].count, 0)
  })

  test('aren’t begun at another site, and go back with whoever leaves', async ({ assert }) => {
    await givenSubmission()
    const { visitor, at } = await begin('operator1')
    const ahead = await aheadOf(visitor, at)
    await visitor.post(`${at}?_method=DELETE`)
    await db.from('assignments').where('ahead', true).update({ site: 'home' })
    const { location } = await visitor.post('/work/assignments', { kind: 'key' })
    assert.notInclude(ahead, location!)
    // What lies ready goes back with whoever leaves.
    assert.deepEqual(await leave(await person('admin'), (await person('operator1')).id), {
      ok: true,
    })
    assert.lengthOf(await open(), 0)
  })
})
