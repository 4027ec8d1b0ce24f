import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { forgetBoard } from '#app/center/board/current_board'
import { frozenVersion } from '#app/catalog/frozen_version'
import { followYoungPlans } from '#app/flow/service_plan_stage'
import { drainFlow } from '#app/flow/sweeper'
import { followKeying } from '#app/keying/follow_plan'
import { saveEntry } from '#app/keying/save_entry'
import { latestValues } from '#app/submissions/revision_values'
import { planService } from '#app/tasks/plans/plan_service'
import type { PlannedService } from '#app/tasks/plans/service_plan'
import { answers, givenSubmission, keyOpen, person, take, vaccination } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const BY_ONE: PlannedService['keying'] = {
  name: 'one',
  person: 'one',
  contact: 'one',
  wishes: 'one',
  support: 'one',
}

/** For the time of a test one person's entry is enough for the service. */
async function givenOneIsEnough(cleanup: (after: () => void) => void): Promise<string> {
  const { service, version } = await vaccination()
  const { enoughBases } = (await frozenVersion(version.id)).description
  enoughBases.push('single')
  cleanup(() => void enoughBases.pop())
  return service.id
}

async function plan(serviceId: string, wanted: PlannedService, number: number) {
  const outcome = await planService(await person('leader'), serviceId, wanted, number)
  await drainFlow()
  return outcome
}

/** The groups that wait for a pass. */
async function groupsOf(submissionId: string, pass: number): Promise<string[]> {
  const rows: { group_key: string }[] = await db
    .from('tasks')
    .where({ subject_id: submissionId, kind: 'key', pass })
    .whereIn('state', ['open', 'leased'])
    .orderBy('group_key')
  return rows.map((row) => row.group_key)
}

test.group('The plan of a service', (group) => {
  group.each.setup(reset)

  test('says who keys what nobody has begun, and what comes', async ({ assert, cleanup }) => {
    const service = await givenOneIsEnough(cleanup)
    const waiting = await givenSubmission()
    const all = await groupsOf(waiting.id, 1)
    const begun = (await take(await person('operator1')))!
    const { groupKey } = begun.task
    assert.equal(await plan(service, { priority: 0, keying: BY_ONE }, 0), 'done')
    assert.deepEqual(await groupsOf(waiting.id, 1), all)
    assert.deepEqual(await groupsOf(waiting.id, 2), [groupKey])
    const coming = await givenSubmission()
    assert.deepEqual(await groupsOf(coming.id, 1), all)
    assert.deepEqual(await groupsOf(coming.id, 2), [])
    await saveEntry(begun, answers())
    await keyOpen(answers())
    await db.from('assignments').update({ final_at: null })
    await drainFlow()
    const bases = async (submission: typeof waiting) => {
      const latest = await latestValues(await submission.refresh())
      return new Set([...latest!.values.values()].map(({ basis }) => basis))
    }
    assert.sameMembers([...(await bases(waiting))], ['agreed', 'single'])
    assert.sameMembers([...(await bases(coming))], ['single'])
  })

  test('is gone back from, as if it had never been', async ({ assert, cleanup }) => {
    const service = await givenOneIsEnough(cleanup)
    const waiting = await givenSubmission()
    const all = await groupsOf(waiting.id, 2)
    await plan(service, { priority: 1, keying: BY_ONE }, 0)
    assert.deepEqual(await groupsOf(waiting.id, 2), [])
    await plan(service, { priority: 0, keying: {} }, 1)
    assert.deepEqual(await groupsOf(waiting.id, 2), all)
    assert.isNull((await waiting.refresh()).keying)
    const priorities: { priority: number }[] = await db.from('tasks').distinct('priority')
    assert.deepEqual(priorities, [{ priority: 0 }])
  })

  test('lets what comes back be done where and when it would be now', async ({
    assert,
    cleanup,
  }) => {
    const service = await givenOneIsEnough(cleanup)
    const waiting = await givenSubmission()
    await plan(service, { priority: 0, keying: BY_ONE }, 0)
    // Meanwhile the client allows no work at home any more.
    await db.from('services').where('id', service).update({ home_work_agreed: false })
    try {
      await plan(service, { priority: 0, keying: {} }, 1)
      const sites = await db.from('tasks').where({ subject_id: waiting.id, pass: 2 })
      assert.deepEqual([...new Set(sites.map(({ site }) => site))], ['center'])
    } finally {
      await db.from('services').where('id', service).update({ home_work_agreed: true })
    }
  })

  test('takes what only lies ready for somebody as nobody’s yet', async ({ assert, cleanup }) => {
    const service = await givenOneIsEnough(cleanup)
    const waiting = await givenSubmission()
    const visitor = await Visitor.loggedIn('operator1')
    const { location } = await visitor.post('/work/assignments', { kind: 'key' })
    await visitor.post(`${location}/ahead`, {}, { accept: 'application/json' })
    const begun = await db
      .from('tasks as t')
      .join('assignments as a', 'a.task_id', 't.id')
      .where('a.ahead', false)
      .firstOrFail()
    await plan(service, { priority: 0, keying: BY_ONE }, 0)
    assert.deepEqual(await groupsOf(waiting.id, 2), [begun.group_key])
  })

  test('reaches what was being laid out while it was kept', async ({ assert, cleanup }) => {
    const service = await givenOneIsEnough(cleanup)
    await plan(service, { priority: 1, keying: BY_ONE }, 0)
    const coming = await givenSubmission()
    // As if the plan had not been seen there.
    await db.from('submissions').where('id', coming.id).update({ plan_number: 0, keying: null })
    await db.from('tasks').update({ priority: 0, raised: 0 })
    await followYoungPlans()
    assert.deepEqual((await coming.refresh()).keying, BY_ONE)
    assert.deepEqual(await db.from('tasks').distinct('priority'), [{ priority: 4 }])
  })

  test('leaves alone what it would be too little for', async ({ assert }) => {
    const { service } = await vaccination()
    const waiting = await givenSubmission()
    const all = await groupsOf(waiting.id, 2)
    await plan(service.id, { priority: 0, keying: BY_ONE }, 0)
    assert.deepEqual(await groupsOf(waiting.id, 2), all)
    assert.isFalse(await followKeying(service.id))
  })

  test('has its work go first or last, calls before it all the same', async ({ assert }) => {
    const { service } = await vaccination()
    await givenSubmission()
    const priorities = async () => {
      const rows: { priority: number }[] = await db.from('tasks').distinct('priority')
      return rows.map(({ priority }) => priority)
    }
    const nobody: PlannedService['keying'] = {}
    await plan(service.id, { priority: 1, keying: nobody }, 0)
    assert.deepEqual(await priorities(), [4])
    await givenSubmission()
    assert.deepEqual(await priorities(), [4])
    await plan(service.id, { priority: -1, keying: nobody }, 1)
    assert.deepEqual(await priorities(), [-4])
    // What is done already keeps what it had.
    await saveEntry((await take(await person('operator1')))!, answers())
    await plan(service.id, { priority: 0, keying: nobody }, 2)
    assert.sameMembers(await priorities(), [-4, 0])
  })

  test('is said on the board by a leader, and undone; who was slower is told', async ({
    assert,
  }) => {
    const { service } = await vaccination()
    await givenSubmission()
    const leader = await Visitor.loggedIn('leader')
    const at = `/board/services/${service.id}`
    forgetBoard()
    assert.include((await leader.get('/board')).text, at)
    const page = (await leader.get(at)).text
    assert.include(page, 'このサービスでは、ほかの入れ方では値が確かになりません')
    const wrongs: Record<string, string>[] = [
      { priority: '7' },
      { 'priority': '1', 'keying[name]': 'one' },
      { 'priority': '1', 'keying[nothing]': 'two' },
      { 'priority': '1', 'keying[name]': 'nobody' },
    ]
    for (const wrong of wrongs)
      assert.equal((await leader.post(at, { number: '0', ...wrong })).status, 422)
    assert.lengthOf(await db.from('service_plans'), 0)
    assert.equal((await leader.post(at, { number: '0', priority: '1' })).location, at)
    assert.include((await leader.get(at)).text, '変えました。')
    const late = await leader.post(at, { number: '0', priority: '-1' })
    assert.equal(late.status, 422)
    assert.include(late.text, 'ほかの人が先に変えました')
    assert.match((await leader.get(at)).text, /value="1" checked/)
    assert.equal((await leader.post(`${at}/undo`, { number: '1' })).location, at)
    assert.match((await leader.get(at)).text, /value="0" checked/)
    for (const login of ['operator1', 'kenko'])
      assert.equal((await (await Visitor.loggedIn(login)).get(at)).status, 404)
  })

  test('offers two people instead of the machine, where that is enough', async ({ assert }) => {
    const benefit = await db.from('services').where('slug', 'benefit').firstOrFail()
    const leader = await Visitor.loggedIn('leader')
    const at = `/board/services/${benefit.id}`
    const page = (await leader.get(at)).text
    assert.include(page, 'name="keying[bank]"')
    const form = { 'number': '0', 'priority': '0', 'keying[bank]': 'two', 'keying[name]': '' }
    assert.equal((await leader.post(at, form)).location, at)
    const kept = await db.from('service_plans').firstOrFail()
    assert.deepEqual(kept.keying, { bank: 'two' })
    // Though none of its work waits, it is found there to be undone.
    forgetBoard()
    assert.include((await leader.get('/board')).text, at)
    assert.match((await leader.get(at)).text, /value="two" selected/)
  })
})
