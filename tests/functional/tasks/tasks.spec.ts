import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { openEnvelope } from '#app/intake/open_envelope'
import { saveEntry } from '#app/keying/save_entry'
import { keepAlive } from '#app/tasks/keep_alive'
import { addTask } from '#app/tasks/add_task'
import { endAssignment } from '#app/tasks/end_assignment'
import { transition } from '#app/core/transition'
import { takeNextTask } from '#app/tasks/take_next_task'
import { sweep } from '#app/flow/sweeper'
import { today } from '#app/core/clock'
import { answers, givenSubmission, person, take, vaccination } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** The lease runs out: the row is moved, the clock is not. */
async function runOut(assignmentId: string) {
  await db
    .from('assignments')
    .where('id', assignmentId)
    .update({ expires_at: db.raw("now() - interval '1 second'") })
}

test.group('Leases', (group) => {
  group.each.setup(reset)

  test('never give the same task to two people, however many ask at once', async ({ assert }) => {
    await givenSubmission()
    const people = await Promise.all(['operator1', 'operator2', 'operator3'].map(person))
    const taken = await Promise.all(people.map((user) => takeNextTask(user, 'center')))
    const tasks = taken.map((one) => (one.ok ? one.assignment.taskId : 'none'))
    assert.notInclude(tasks, 'none')
    assert.lengthOf(new Set(tasks), 3)
  })

  test('give one person one task: a reload and a second tab show the same', async ({ assert }) => {
    await givenSubmission()
    const operator = await person('operator1')
    const taken = await Promise.all([
      takeNextTask(operator, 'center'),
      takeNextTask(operator, 'center'),
      takeNextTask(operator, 'center'),
    ])
    assert.lengthOf(new Set(taken.map((one) => (one.ok ? one.assignment.id : null))), 1)
  })

  test('never let one person key a group twice', async ({ assert }) => {
    await givenSubmission()
    const operator = await person('operator1')
    const groups: string[] = []
    for (let assignment = await take(operator); assignment; assignment = await take(operator)) {
      groups.push(assignment.task.groupKey)
      await saveEntry(assignment, answers())
    }
    assert.sameMembers(groups, ['name', 'person', 'contact', 'wishes', 'support'])
    // The second keying is somebody else's: it isn't counted as hers.
    const waits = /<span class="figure">5<\/span>入力/
    assert.notMatch((await (await Visitor.loggedIn('operator1')).get('/work')).text, waits)
    assert.match((await (await Visitor.loggedIn('operator2')).get('/work')).text, waits)
  })

  test('keep a late save as a draft, and say so', async ({ assert }) => {
    await givenSubmission()
    const operator = await person('operator1')
    const assignment = (await take(operator))!
    await runOut(assignment.id)
    assert.deepEqual(await saveEntry(assignment, { name: '山田 はるゑ' }), {
      ok: false,
      reason: 'late',
    })
    assert.lengthOf(await db.from('entries'), 0)
    await sweep()
    const again = (await take(operator))!
    assert.equal(again.taskId, assignment.taskId)
    const visitor = await Visitor.loggedIn('operator1')
    assert.include((await visitor.get(`/work/assignments/${again.id}`)).text, '山田 はるゑ')
  })

  test('tell a late save on the screen', async ({ assert }) => {
    await givenSubmission()
    const visitor = await Visitor.loggedIn('operator1')
    const { location } = await visitor.post('/work/assignments')
    await visitor.get(location!)
    await runOut(location!.split('/').at(-1)!)
    const saved = await visitor.post(`${location}/result`, {
      'values[name_kana]': 'ヤマダ ハルエ',
      'values[name]': '山田 はるゑ',
    })
    assert.equal(saved.location, '/work')
    assert.include((await visitor.get('/work')).text, '下書きに残しました')
  })

  test('a stale lease can’t save over the next one', async ({ assert }) => {
    const submission = await givenSubmission()
    const first = (await take(await person('operator1')))!
    await runOut(first.id)
    await sweep()
    const second = (await take(await person('operator2')))!
    assert.equal(second.taskId, first.taskId)
    assert.equal(second.fence, first.fence + 1)
    assert.isFalse((await saveEntry(first, { name: 'late' })).ok)
    assert.isTrue((await saveEntry(second, { name: 'in time' })).ok)
    assert.lengthOf(await db.from('entries').where('submission_id', submission.id), 1)
  })

  test('save once, however often the button is pressed', async ({ assert }) => {
    await givenSubmission()
    const assignment = (await take(await person('operator1')))!
    const saved = await Promise.all([1, 2, 3].map(() => saveEntry(assignment, answers())))
    assert.equal(saved.filter((one) => one.ok).length, 1)
    assert.lengthOf(await db.from('entries'), 1)
  })

  test('are prolonged by signs of life, which count as active time', async ({ assert }) => {
    const submission = await givenSubmission()
    const assignment = (await take(await person('operator1')))!
    await db
      .from('assignments')
      .where('id', assignment.id)
      .update({ expires_at: db.raw("now() + interval '5 seconds'") })
    assert.isTrue(
      await keepAlive(assignment, { dataKeyId: submission.dataKeyId, values: { name: '山' } })
    )
    await keepAlive(assignment, null)
    const row = await db
      .from('assignments')
      .where('id', assignment.id)
      .select(db.raw("expires_at > now() + interval '5 minutes' as long"))
      .firstOrFail()
    assert.isTrue(row.long)
    assert.lengthOf(await db.from('activity_spans'), 1)
    await runOut(assignment.id)
    assert.isFalse(await keepAlive(assignment, null))
  })

  test('end when the task is given back, and somebody else gets it', async ({ assert }) => {
    await givenSubmission()
    const visitor = await Visitor.loggedIn('operator1')
    const { location } = await visitor.post('/work/assignments')
    await visitor.delete(location!)
    const taskId = (await db.from('assignments').firstOrFail()).task_id
    assert.equal((await db.from('tasks').where('id', taskId).firstOrFail()).state, 'open')
    assert.equal((await visitor.get(location!)).location, '/work')
  })
})

test.group('Working at home', (group) => {
  group.each.setup(reset)

  async function groupsOfferedAtHome() {
    const operator = await person('operator4')
    const groups: { submission: string; group: string }[] = []
    for (
      let assignment = await take(operator, 'home');
      assignment;
      assignment = await take(operator, 'home')
    ) {
      groups.push({ submission: assignment.task.subjectId, group: assignment.task.groupKey })
      await saveEntry(assignment, answers())
    }
    return groups
  }

  test('shows at most one group that tells who somebody is, and never address and phone', async ({
    assert,
  }) => {
    await givenSubmission()
    const groups = (await groupsOfferedAtHome()).map((one) => one.group)
    assert.notInclude(groups, 'contact')
    assert.lengthOf(
      groups.filter((one) => ['name', 'person'].includes(one)),
      1
    )
    assert.includeMembers(groups, ['wishes', 'support'])
  })

  test('counts all submissions of one envelope as one', async ({ assert }) => {
    const { service } = await vaccination()
    const envelopeId = await openEnvelope(service.clientId, today())
    await givenSubmission({ envelopeId })
    await givenSubmission({ envelopeId })
    const groups = await groupsOfferedAtHome()
    assert.lengthOf(
      groups.filter((one) => ['name', 'person'].includes(one.group)),
      1
    )
    assert.lengthOf(
      groups.filter((one) => one.group === 'wishes'),
      2
    )
  })

  test('lets different people’s submissions be taken one group each', async ({ assert }) => {
    await givenSubmission()
    await givenSubmission()
    const groups = await groupsOfferedAtHome()
    assert.lengthOf(
      groups.filter((one) => ['name', 'person'].includes(one.group)),
      2
    )
  })

  test('is not offered where the client has not agreed', async ({ assert }) => {
    const { service } = await vaccination()
    await db.from('services').where('id', service.id).update({ home_work_agreed: false })
    try {
      await givenSubmission()
      assert.deepEqual(await groupsOfferedAtHome(), [])
    } finally {
      await db.from('services').where('id', service.id).update({ home_work_agreed: true })
    }
  })

  test('give nobody the decision on what they have keyed themselves', async ({ assert }) => {
    const submission = await givenSubmission()
    const admin = await person('admin')
    const keyed = await takeNextTask(admin, 'center', { kind: 'key' })
    if (!keyed.ok) throw new Error(keyed.reason)
    const { taskId } = keyed.assignment
    await transition((t) => endAssignment(t, keyed.assignment, 'done'))
    const task = await db.from('tasks').where('id', taskId).firstOrFail()
    await transition((t) =>
      addTask(t, {
        kind: 'adjudicate',
        subject: { type: 'submission', id: submission.id },
        submissionId: submission.id,
        clientId: submission.clientId,
        linkageId: submission.id,
        groupKey: task.group_key,
        round: task.round,
      })
    )
    const wanted = { kind: 'adjudicate' }
    assert.deepEqual(await takeNextTask(admin, 'center', wanted), {
      ok: false,
      reason: 'nothing_to_do',
    })
    assert.isTrue((await takeNextTask(await person('leader'), 'center', wanted)).ok)
  })
})
