import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { frozenVersion, newestVersion } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import { drainFlow } from '#app/flow/sweeper'
import { receiveScan } from '#app/intake/receive_scan'
import { entriesOf } from '#app/keying/entry'
import { saveEntry } from '#app/keying/save_entry'
import Submission from '#app/submissions/submission'
import { asPdf, makeSample } from '#app/samples/make_sample'
import { openSealer } from '#app/core/sealing'
import { newId } from '#app/core/ids'
import { today } from '#app/core/clock'
import { planService } from '#app/tasks/plans/plan_service'
import { person, take } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

async function benefit() {
  const service = await Service.findByOrFail('slug', 'benefit')
  return { service, version: await newestVersion(service.id) }
}

/** A benefit application, scanned and read. */
async function givenScan(seed: number): Promise<Record<string, string>> {
  const { service, version } = await benefit()
  const sample = await makeSample(version.description, version.number, seed, today())
  await receiveScan(await person('madoguchi'), service, {
    key: newId(),
    name: 'benefit.pdf',
    content: await asPdf(sample.pages),
  })
  await drainFlow()
  return sample.values
}

/** So many readings of marks that people settled on the same, and so many on which they didn't. */
async function givenSettledMarks(right: number, wrong = 0): Promise<void> {
  const { service } = await benefit()
  const page: { id: string } = await db.from('pages').select('id').firstOrFail()
  const of = async (count: number, isRight: boolean) =>
    db.rawQuery(
      `with made as (
         insert into readings (id, page_id, run, field_key, engine, engine_version, value, confidence, decision, region)
         select gen_random_uuid(), ?, 1000 + n, 'pay_to', 'test', '1', '', 0.99, 'offer', '{}'
         from generate_series(1, ?) n returning id, page_id)
       insert into reading_results (reading_id, service_id, submission_id, page_id, field_key, kind, confidence, is_right)
       select id, ?, gen_random_uuid(), page_id, 'pay_to', 'choice', 0.99, ? from made`,
      [page.id, count, service.id, isRight]
    )
  await of(right, true)
  if (wrong > 0) {
    await db
      .from('readings')
      .where('engine', 'test')
      .update({ run: db.raw('run + 100000') })
    await of(wrong, false)
  }
}

async function keyersOf(group: string): Promise<{ people: number; machine: number }> {
  const newest = await db.from('submissions').orderBy('created_at', 'desc').firstOrFail()
  const count = (rows: unknown[]) => rows.length
  return {
    people: count(
      await db.from('tasks').where({ subject_id: newest.id, kind: 'key', group_key: group })
    ),
    machine: count(
      await db
        .from('entries')
        .where({ submission_id: newest.id, group_key: group, source: 'machine' })
    ),
  }
}

test.group('The machine as a keyer', (group) => {
  group.each.setup(reset)

  test('is none before settled work says from where on it can be trusted', async ({ assert }) => {
    await givenScan(3)
    assert.deepEqual(await keyersOf('where'), { people: 2, machine: 0 })
  }).timeout(60_000)

  test('takes one turn of two where its evidence is good, and a person the other', async ({
    assert,
  }) => {
    await givenScan(3)
    await givenSettledMarks(600)
    const values = await givenScan(5)
    assert.deepEqual(await keyersOf('where'), { people: 1, machine: 1 })
    // Names are never read with that certainty: two people.
    assert.deepEqual(await keyersOf('name'), { people: 2, machine: 0 })
    const { version } = await benefit()
    const newest = await db.from('submissions').orderBy('created_at', 'desc').firstOrFail()
    await db.from('tasks').whereNot('subject_id', newest.id).delete()
    for (const login of ['operator1', 'operator2', 'operator3']) {
      const user = await person(login)
      for (let turn = await take(user); turn; turn = await take(user))
        await saveEntry(
          turn,
          Object.fromEntries(
            version.group(turn.task.groupKey).fields.map(({ key }) => [key, values[key]])
          )
        )
    }
    await drainFlow()
    const bases: { field_key: string; basis: string }[] = await db
      .from('revision_values')
      .join('revisions', 'revisions.id', 'revision_values.revision_id')
      .where('revisions.submission_id', newest.id)
      .select('field_key', 'basis')
    assert.equal(bases.find((one) => one.field_key === 'pay_to')?.basis, 'machine')
    assert.equal(bases.find((one) => one.field_key === 'name')?.basis, 'agreed')
    const kept = await db.from('reading_results').where('submission_id', newest.id)
    assert.isAbove(kept.length, 10)
    assert.isTrue(kept.find((one) => one.field_key === 'pay_to').is_right)
  }).timeout(120_000)

  test('keys nothing of what somebody has begun, though a plan lays out anew what nobody has', async ({
    assert,
  }) => {
    await givenScan(3)
    await givenSettledMarks(600)
    // Of the page that the evidence was made up on nothing can be read any more.
    await db.from('submissions').update({ plan_number: 1 })
    await db.from('reading_results').update({ is_right: false })
    await givenScan(5)
    await db.from('reading_results').update({ is_right: true })
    const newest = await db.from('submissions').orderBy('created_at', 'desc').firstOrFail()
    const where = { subject_id: newest.id, group_key: 'where' }
    await db.from('tasks').where(where).update({ priority: 9 })
    const begun = await take(await person('operator1'))
    assert.equal(begun?.task.groupKey, 'where')
    const { service } = await benefit()
    const plan = { priority: 0, keying: { name: 'two' } } as const
    await planService(await person('leader'), service.id, plan, 0)
    await drainFlow()
    assert.deepEqual(await keyersOf('where'), { people: 2, machine: 0 })
    // Of what nobody has begun the machine has learnt meanwhile.
    assert.deepEqual(await keyersOf('household'), { people: 2, machine: 1 })
  }).timeout(60_000)

  test('keys what it may of a group, and people the rest of it', async ({ assert }) => {
    await givenScan(3)
    await givenSettledMarks(600)
    await givenScan(5)
    assert.deepEqual(await keyersOf('household'), { people: 2, machine: 1 })
    const newest = await db.from('submissions').orderBy('created_at', 'desc').firstOrFail()
    const household: { id: string; pass: number }[] = await db
      .from('tasks')
      .where({ subject_id: newest.id, group_key: 'household' })
      .orderBy('pass')
    const machine = await db
      .from('entries')
      .where({ submission_id: newest.id, group_key: 'household' })
    for (const [login, { id, pass }] of [
      ['operator1', household[0]],
      ['operator2', household[1]],
    ] as const) {
      await db
        .from('tasks')
        .whereNot({ id })
        .update({ available_at: db.raw(`now() + interval '1 day'`) })
      await db
        .from('tasks')
        .where({ id })
        .update({ available_at: db.raw('now()') })
      const visitor = await Visitor.loggedIn(login)
      const { location } = await visitor.post('/work/assignments')
      const { text } = await visitor.get(location!)
      assert.include(text, 'values[members]')
      assert.equal(text.includes('values[moved]'), pass === 1)
      // What its pass doesn't key is not taken from it either.
      await visitor.post(`${location}/result`, {
        'values[members]': '3',
        'values[moved]': pass === 1 ? 'no' : 'yes',
      })
    }
    const sealer = await openSealer(newest.data_key_id)
    await db.from('assignments').update({ final_at: null })
    const entries = (await entriesOf(newest.id, 1, sealer)).filter(
      ({ groupKey }) => groupKey === 'household'
    )
    assert.lengthOf(machine, 1)
    assert.deepEqual(
      entries.map(({ pass, source, values }) => [pass, source, Object.keys(values)]),
      [
        [0, 'machine', ['moved']],
        [1, 'person', ['members', 'moved']],
        [2, 'person', ['members']],
      ]
    )
  }).timeout(120_000)

  test('keys nothing where two people are to key a group', async ({ assert, cleanup }) => {
    await givenScan(3)
    await givenSettledMarks(600)
    const { serviceVersionId } = await Submission.firstOrFail()
    const household = (await frozenVersion(serviceVersionId)).group('household')
    household.keying = 'two'
    cleanup(() => {
      delete household.keying
    })
    await givenScan(5)
    assert.deepEqual(await keyersOf('household'), { people: 2, machine: 0 })
    assert.deepEqual(await keyersOf('where'), { people: 1, machine: 1 })
  }).timeout(60_000)

  test('stops where its evidence turns bad', async ({ assert }) => {
    await givenScan(3)
    await givenSettledMarks(600, 30)
    await givenScan(5)
    assert.deepEqual(await keyersOf('where'), { people: 2, machine: 0 })
  }).timeout(60_000)

  test('never keys where the service doesn’t count it as a basis', async ({ assert }) => {
    const { service } = await benefit()
    await givenScan(3)
    await givenSettledMarks(600)
    const page = await db.from('pages').firstOrFail()
    assert.exists(page)
    const onestop = await Service.findByOrFail('slug', 'onestop')
    await db.from('reading_results').update({ service_id: onestop.id })
    assert.notEqual(service.id, onestop.id)
    const { description, number } = await newestVersion(onestop.id)
    const sample = await makeSample(description, number, 5, today())
    await receiveScan(await person('madoguchi'), onestop, {
      key: newId(),
      name: 'onestop.pdf',
      content: await asPdf(sample.pages),
    })
    await drainFlow()
    assert.deepEqual(await keyersOf('conditions'), { people: 2, machine: 0 })
  }).timeout(60_000)

  test('is shown to the leader, by field and with its curve', async ({ assert }) => {
    await givenScan(3)
    await givenSettledMarks(600)
    const leader = await Visitor.loggedIn('leader')
    const screen = await leader.get('/services/benefit/readings')
    assert.include(screen.text, '機械が入力者の1人になれます')
    assert.include(screen.text, '自信 0.99 以上')
    assert.include(screen.text, 'polyline')
    const { id } = await db.from('submissions').select('id').firstOrFail()
    await db.from('reading_results').limit(1).update({ is_right: false, submission_id: id })
    const worst = await leader.get('/services/benefit/readings')
    assert.include(worst.text, `/submissions/${id}/snippets/where`)
    assert.equal((await leader.get(`/submissions/${id}/snippets/where`)).status, 200)
  }).timeout(60_000)
})
