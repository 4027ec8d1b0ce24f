import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'
import Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'
import { leaseAhead } from '#app/tasks/lease_ahead'
import { ELIGIBLE, eligibleFor } from '#app/tasks/eligible'
import Task from '#app/tasks/task'
import { takeNextTask } from '#app/tasks/take_next_task'
import { givenSubmission, person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** Two groups of a submission wait, each once; the others are withdrawn. Their ids, the first one first. */
async function givenTwoTasks(): Promise<[string, string]> {
  await givenSubmission()
  const tasks = await db.from('tasks').where({ kind: 'key', pass: 1, site: 'any' }).limit(2)
  const [first, second] = tasks.map(({ id }) => String(id))
  const others = await db.from('tasks').whereNotIn('id', [first, second]).select('id')
  await withdraw(others.map(({ id }) => String(id)))
  await set(first, { created_at: '2026-01-01' })
  await set(second, { created_at: '2026-01-02' })
  return [first, second]
}

/** Tasks of nobody that is known, at the end of the queue. */
async function addTasks(count: number): Promise<void> {
  await db.rawQuery(
    `insert into tasks (id, client_id, subject_type, subject_id, kind, linkage_id, links, created_at)
     select gen_random_uuid(), client_id, 'submission', gen_random_uuid(), 'key', gen_random_uuid(), 'free', '2026-01-03'
     from (select client_id from tasks limit 1) one, generate_series(1, ?)`,
    [count]
  )
}

async function withdraw(ids: string[]): Promise<void> {
  await transition((t) => Task.withdraw(t, ids))
}

async function set(id: string, columns: Record<string, unknown>): Promise<void> {
  await db.from('tasks').where('id', id).update(columns)
}

async function takenBy(login: string): Promise<string> {
  const taken = await takeNextTask(await person(login), 'center')
  return taken.ok ? taken.assignment.taskId : taken.reason
}

test.group('A claim', (group) => {
  group.each.setup(reset)

  test('begins what lies ready for them before anything else, and tells of each lease once', async ({
    assert,
  }) => {
    const [first, second] = await givenTwoTasks()
    await addTasks(2)
    const user = await person('operator1')
    assert.equal(await takenBy('operator1'), first)
    const mine = await Assignment.query().where('userId', user.id).firstOrFail()
    await leaseAhead(user, 'center', mine, 'key')
    await set(second, { priority: -1 })
    await transition((t) => endAssignment(t, mine, 'done'))
    assert.equal(await takenBy('operator1'), second)
    const leased = await db.from('events').where({ verb: 'task.leased', subject_id: first })
    assert.lengthOf(leased, 1)
    assert.include(leased[0].detail, { kind: 'key', site: 'center', from: 'open', to: 'leased' })
    assert.equal(leased[0].actor_id, user.id)
  })

  for (const [title, columns] of [
    ['is of higher priority', { priority: 1 }],
    ['is due', { due_on: '2099-01-01' }],
    ['is for the center alone', { priority: 1, site: 'center' }],
    ['asks for a skill of theirs', { priority: 1, skill: '手話' }],
  ] as const)
    test(`takes first what ${title}, whatever part of the queue it lies in`, async ({ assert }) => {
      const [first, second] = await givenTwoTasks()
      await set(second, columns)
      const { id } = await person('operator1')
      await db.table('qualifications').insert({ id: newId(), user_id: id, skill: '手話' })
      assert.deepEqual([await takenBy('operator1'), await takenBy('operator2')], [second, first])
    })

  test('gives what asks for a skill to nobody without it, or whose own has ended', async ({
    assert,
  }) => {
    const [first, second] = await givenTwoTasks()
    await set(first, { skill: '手話' })
    await withdraw([second])
    const { id } = await person('operator1')
    await db
      .table('qualifications')
      .insert({ id: newId(), user_id: id, skill: '手話', valid_until: '2020-01-01' })
    assert.equal(await takenBy('operator1'), 'nothing_to_do')
    await db.from('qualifications').update({ valid_until: null })
    assert.equal(await takenBy('operator2'), 'nothing_to_do')
    assert.equal(await takenBy('operator1'), first)
  })

  test('passes over what another is about to take, and waits for it where nothing else is left', async ({
    assert,
  }) => {
    const [first, second] = await givenTwoTasks()
    const other = await db.transaction()
    try {
      await other.from('tasks').where('id', first).forUpdate().select('id')
      assert.equal(await takenBy('operator1'), second)
      // The other one looked at it and took something else: it isn't lost to who asks meanwhile.
      const waiting = takenBy('operator2')
      await waitsForLock(waiting)
      await other.rollback()
      assert.equal(await waiting, first)
    } finally {
      if (!other.isCompleted) await other.rollback()
    }
  })

  test('gives nothing to somebody who leaves or is frozen meanwhile', async ({ assert }) => {
    const [first] = await givenTwoTasks()
    const { id } = await person('operator1')
    for (const column of ['left_at', 'frozen_at']) {
      const leaving = await db.transaction()
      await leaving
        .from('users')
        .where('id', id)
        .update({ [column]: new Date() })
      const waiting = takenBy('operator1')
      await waitsForLock(waiting)
      await leaving.commit()
      assert.equal(await waiting, 'not_available')
      await db
        .from('users')
        .where('id', id)
        .update({ [column]: null })
    }
    assert.equal(await takenBy('operator1'), first)
  })

  test('is chosen by a leader from pages, of highest priority first, each task on one of them', async ({
    assert,
  }) => {
    const [first, second] = await givenTwoTasks()
    await addTasks(60)
    await set(second, { priority: 2 })
    const leader = await Visitor.loggedIn('admin')
    const seen: string[] = []
    let path: string | undefined = '/work'
    while (path) {
      const { text }: { text: string } = await leader.get(path)
      seen.push(...[...text.matchAll(/name="task_id" value="([^"]+)"/g)].map(([, id]) => id))
      path = /href="(\/work\?after=[^"]+)"/.exec(text)?.[1]
    }
    assert.deepEqual(seen.slice(0, 2), [second, first])
    assert.lengthOf(new Set(seen), 62)
    assert.lengthOf(seen, 62)
  })

  test('looks at no more of the queue than it takes', async ({ assert }) => {
    await givenTwoTasks()
    await addTasks(5000)
    await db.rawQuery('analyze tasks')
    const names = eligibleFor(await person('operator1'), 'center')
    const rows = await db.transaction(async (trx) => {
      // Whatever a small table's statistics say: could the index give the order?
      await trx.rawQuery('set local enable_sort = off; set local enable_seqscan = off')
      const explained = await trx.rawQuery<{ rows: { 'QUERY PLAN': string }[] }>(
        `explain select t.id from tasks t
         where t.kind = 'key' and t.site = 'any' and coalesce(t.skill, '') = '' and ${ELIGIBLE}
         order by t.priority desc, t.due_on, t.created_at, t.id limit 1`,
        names
      )
      return explained.rows
    })
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    assert.include(plan, 'using tasks_claim')
    assert.notInclude(plan, 'Sort')
  })
})

/** Until a statement waits for another's lock; not where the claim has ended without. */
async function waitsForLock(claim: Promise<unknown>): Promise<void> {
  let ended = false
  const end = () => (ended = true)
  claim.then(end, end)
  while (!ended) {
    const waiting = await db
      .from('pg_stat_activity')
      .where('wait_event_type', 'Lock')
      .whereRaw('datname = current_database()')
    if (waiting.length > 0) return
  }
}
