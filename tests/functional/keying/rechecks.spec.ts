import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { askCorrection } from '#app/clients/ask_correction'
import { decideCorrection } from '#app/clients/corrections'
import { offerFor } from '#app/center/quality/quality'
import { drainFlow } from '#app/flow/sweeper'
import Handover from '#app/handover/handover'
import { compareRechecks } from '#app/keying/rechecks/compare_rechecks'
import { dropOldRechecks } from '#app/keying/rechecks/drop_rechecks'
import { plantRechecks } from '#app/keying/rechecks/plant_rechecks'
import { RECHECK_PASS } from '#app/keying/passes'
import { saveEntry } from '#app/keying/save_entry'
import { keepStop } from '#app/registry/keep_stop'
import { errorRate } from '#app/core/error_rate'
import { transition } from '#app/core/transition'
import { erasePictures } from '#app/submissions/erase_submission'
import { answers, givenKeyed, givenSubmission, person, take } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

async function plan(share: number, weekly: number): Promise<void> {
  const admin = await Visitor.loggedIn('admin')
  await admin.post('/settings', {
    'values[keying_known_share]': String(share),
    'values[keying_weekly_rechecks]': String(weekly),
  })
}

/** A request that was handed over two days ago, keyed by the first two operators, and that something known is due. */
async function givenKnown(share = 100, weekly = 0) {
  const submission = await givenKeyed()
  await db
    .from('submissions')
    .where('id', submission.id)
    .update({ created_at: db.raw(`now() - interval '2 days'`) })
  await plan(share, weekly)
  return submission
}

/** The third operator keys one group of something new. */
async function keyOne(login = 'operator3') {
  await givenSubmission()
  const user = await person(login)
  const assignment = await take(user)
  await saveEntry(assignment!, {}, { retractable: true })
  await plantRechecks()
}

/** The time in which it could be taken back is over. */
async function compared() {
  await db
    .from('assignments')
    .whereNotNull('final_at')
    .update({ final_at: db.raw('now()') })
  await compareRechecks()
}

function cancel(id: string) {
  return transition(async (t) => (await Handover.findOrFail(id, { client: t.trx })).cancel(t))
}

function restore(id: string) {
  return transition(async (t) =>
    (await Handover.findOrFail(id, { client: t.trx })).finish(t, { reference: null })
  )
}

function planted() {
  return db.from('tasks').where('pass', RECHECK_PASS)
}

/** Leaves nothing to key but what is known; the group it is, as chance chose it. */
async function onlyKnown(groupKey?: string): Promise<void> {
  await db
    .from('tasks')
    .where({ kind: 'key', state: 'open' })
    .whereNot('pass', RECHECK_PASS)
    .delete()
  if (!groupKey) return
  await db.from('tasks').where('pass', RECHECK_PASS).update({ group_key: groupKey })
  await db.from('rechecks').update({ group_key: groupKey })
}

test.group('What is known already', (group) => {
  group.each.setup(reset)

  test('is keyed again by who hasn’t seen it, on the same screen as all else', async ({
    assert,
  }) => {
    await givenKnown()
    await keyOne()
    const [task] = await planted()
    assert.include(task, { kind: 'key', state: 'open' })
    await onlyKnown()
    // Who keyed it before isn't given it.
    for (const login of ['operator1', 'operator2']) assert.isNull(await take(await person(login)))
    const operator = await Visitor.loggedIn('operator3')
    const { location } = await operator.post('/work/assignments')
    const { text } = await operator.get(location!)
    assert.include(text, 'data-keying')
    assert.notMatch(text, /抜き取り|確認の枠/)
    assert.equal((await operator.get(`${location}/snippet`)).status, 200)
  })

  test('changes nothing where it agrees', async ({ assert }) => {
    const submission = await givenKnown()
    await keyOne()
    await onlyKnown('name')
    const operator = await Visitor.loggedIn('operator3')
    const { location } = await operator.post('/work/assignments')
    const { name_kana: kana, name } = answers()
    await operator.post(`${location}/result`, { 'values[name_kana]': kana, 'values[name]': name })
    await compared()
    const fields = await db.from('recheck_fields').select('field_key', 'differs', 'basis')
    assert.lengthOf(fields, 2)
    for (const field of fields) assert.include(field, { differs: false, basis: 'agreed' })
    assert.lengthOf(await db.from('corrections'), 0)
    assert.lengthOf(await db.from('entries').where('pass', RECHECK_PASS), 0)
    assert.lengthOf(await db.from('revisions').where('submission_id', submission.id), 1)
    assert.include((await operator.get('/work/accuracy')).text, '0 %')
    // Of what one person alone had keyed nobody knows what is right.
    await db.from('recheck_fields').update({ basis: 'single' })
    assert.include((await operator.get('/work/accuracy')).text, 'まだ、数えられるもの')
    await db.from('recheck_fields').update({ basis: 'agreed' })
    // Their own figures are theirs first.
    const leader = await Visitor.loggedIn('leader')
    assert.notInclude((await leader.get('/quality')).text, 'operators/')
    await db.from('rechecks').update({ keyed_at: db.raw(`now() - interval '8 days'`) })
    assert.include((await leader.get('/quality')).text, 'operators/')
  })

  test('is corrected where it was wrong, and handed over again; else the keyer was', async ({
    assert,
  }) => {
    const submission = await givenKnown()
    await keyOne()
    await onlyKnown('name')
    const operator = await Visitor.loggedIn('operator3')
    const { location } = await operator.post('/work/assignments')
    const other = { 'values[name_kana]': 'ヤマダ ハルオ', 'values[name]': '山田 はるお' }
    await operator.post(`${location}/result`, other)
    await compared()
    const leader = await Visitor.loggedIn('leader')
    assert.include((await leader.get('/quality')).text, '2</td>')
    const decisions: Record<string, string>[] = [{ value: 'ヤマダ ハルオ' }, { keep: '1' }]
    for (const decision of decisions) {
      const { location: at } = await leader.post('/work/assignments', { kind: 'correct' })
      assert.include(
        (await leader.get(at!)).text,
        /ハルオ|はるお/.exec((await leader.get(at!)).text)![0]
      )
      await leader.post(`${at}/result`, decision)
    }
    await drainFlow()
    assert.lengthOf(await db.from('revisions').where('submission_id', submission.id), 2)
    const { rows } = await db.rawQuery(
      `select f.field_key, c.state from recheck_fields f join corrections c on c.id = f.correction_id order by c.state`
    )
    assert.deepEqual(
      rows.map(({ state }: { state: string }) => state),
      ['done', 'kept']
    )
    // Erased before somebody decided, it says nothing of whoever keyed it.
    await db.from('corrections').where('state', 'kept').update({ decided_by: null })
    assert.include((await leader.get('/quality')).text, '100 %')
    await db
      .from('corrections')
      .where('state', 'kept')
      .update({ decided_by: (await person('leader')).id })
    // One value of two was wrong; of what the operator keyed one of two as well.
    assert.include((await leader.get('/quality')).text, '50 %')
    assert.match((await operator.get('/work/accuracy')).text, /100 %|50 %/)
  })

  test('isn’t what a resident has corrected since: the paper doesn’t show that', async ({
    assert,
  }) => {
    const submission = await givenKnown()
    const leader = await person('leader')
    await askCorrection(leader, await submission.refresh(), 'name', '改姓')
    await decideCorrection(leader, (await take(leader))!, '海辺 はるゑ', null)
    await drainFlow()
    await db
      .from('submissions')
      .where('id', submission.id)
      .update({ created_at: db.raw(`now() - interval '2 days'`) })
    await keyOne()
    await onlyKnown('name')
    const operator = await Visitor.loggedIn('operator3')
    const { location } = await operator.post('/work/assignments')
    await operator.post(`${location}/result`, {
      'values[name_kana]': 'ヤマダ ハルエ',
      'values[name]': '山田 はるゑ',
    })
    await compared()
    const fields = await db.from('recheck_fields').select('field_key')
    assert.deepEqual(fields, [{ field_key: 'name_kana' }])
  })

  test('comes by the plan of the week where the share is none, and never of today', async ({
    assert,
  }) => {
    const submission = await givenKnown(0, 0)
    await keyOne()
    assert.lengthOf(await planted(), 0)
    await plan(0, 1)
    await db
      .from('submissions')
      .where('id', submission.id)
      .update({ created_at: db.raw('now()') })
    await keyOne()
    assert.lengthOf(await planted(), 0)
    await db
      .from('submissions')
      .where('id', submission.id)
      .update({ created_at: db.raw(`now() - interval '2 days'`) })
    await keyOne()
    await keyOne()
    assert.lengthOf(await planted(), 1)
  })

  test('isn’t what was canceled or declined since, nor of somebody who has died', async ({
    assert,
  }) => {
    const submission = await givenKnown()
    const handover = () => db.from('handovers').where('submission_id', submission.id)
    const { id } = await handover().firstOrFail()
    await cancel(id)
    await keyOne()
    assert.lengthOf(await planted(), 0)
    await restore(id)
    await db
      .from('pages')
      .where('submission_id', submission.id)
      .update({ erased_at: db.raw('now()') })
    await plantRechecks()
    assert.lengthOf(await planted(), 0)
    await db.from('pages').update({ erased_at: null })
    await plantRechecks()
    assert.lengthOf(await planted(), 1)
    await planted().delete()
    await db.from('rechecks').delete()
    await keepStop(await person('admin'), {
      clientId: submission.clientId,
      kind: 'deceased',
      person: { number: '1234567897', kana: 'ヤマダ ハルエ', birthDate: '1944-05-03' },
      until: null,
      mayCall: false,
    })
    // One of a system that can't take it back.
    await restore(id)
    await plantRechecks()
    assert.lengthOf(await planted(), 0)
  })

  test('asks nobody where it was canceled between the two', async ({ assert }) => {
    const submission = await givenKnown()
    await keyOne()
    await onlyKnown('name')
    const operator = await Visitor.loggedIn('operator3')
    const { location } = await operator.post('/work/assignments')
    await operator.post(`${location}/result`, {
      'values[name_kana]': 'ヤマダ ハルオ',
      'values[name]': '山田 はるお',
    })
    const { id } = await db.from('handovers').where('submission_id', submission.id).firstOrFail()
    await cancel(id)
    await compared()
    assert.isNotNull((await db.from('rechecks').firstOrFail()).keyed_at)
    assert.lengthOf(await db.from('recheck_fields'), 0)
    assert.lengthOf(await db.from('corrections'), 0)
  })

  test('can be taken back like all that is keyed, until it is compared', async ({ assert }) => {
    await givenKnown()
    await keyOne()
    await onlyKnown('name')
    const operator = await Visitor.loggedIn('operator3')
    const { location } = await operator.post('/work/assignments')
    const typed = { 'values[name_kana]': 'ヤマダ ハルエ', 'values[name]': '山田 はるゑ' }
    await operator.post(`${location}/result`, typed)
    await operator.post(`${location}/result`, { ...typed, 'values[name]': '山田 はるお' })
    await compareRechecks()
    assert.lengthOf(await db.from('recheck_fields'), 0)
    const { location: again } = await operator.post('/work/take-back')
    assert.include((await operator.get(again!)).text, 'value="山田 はるゑ"')
    await operator.post(`${again}/result`, typed)
    // A draft that was on its way changes nothing of what was handed in.
    assert.equal((await operator.put(`${again}/draft`, { 'values[name]': '別人' })).status, 409)
    const reopen = `/work/recent/${again!.split('/').at(-1)}`
    assert.include((await operator.get('/work/recent')).text, reopen)
    await compared()
    assert.lengthOf(await db.from('recheck_fields').where('differs', false), 2)
    assert.lengthOf(await db.from('assignments').whereNotNull('draft'), 0)
    assert.lengthOf(await db.from('tasks').where({ pass: RECHECK_PASS, state: 'done' }), 1)
    assert.notInclude((await operator.get('/work/recent')).text, reopen)
  })

  test('is decided by nobody who has keyed it', async ({ assert }) => {
    await givenKnown()
    await keyOne()
    await onlyKnown('name')
    const operator = await Visitor.loggedIn('operator3')
    const { location } = await operator.post('/work/assignments')
    const typed = { 'values[name_kana]': 'ヤマダ ハルエ', 'values[name]': '山田 はるお' }
    await operator.post(`${location}/result`, typed)
    await compared()
    const tasks = () => db.from('tasks').where('kind', 'correct')
    const keyers = await Promise.all(['operator1', 'operator2', 'operator3'].map(person))
    assert.sameMembers(
      (await tasks().firstOrFail()).not_for,
      keyers.map(({ id }) => id)
    )
    const leader = await Visitor.loggedIn('leader')
    const decide = () => leader.post('/work/assignments', { kind: 'correct' })
    await tasks().update({ not_for: [(await person('leader')).id] })
    assert.notInclude((await decide()).location, 'assignments/')
    await tasks().update({ not_for: [] })
    assert.include((await decide()).location, 'assignments/')
  })

  test('is withdrawn where nobody could key it for a week', async ({ assert }) => {
    await givenKnown()
    await keyOne()
    await dropOldRechecks()
    assert.equal((await planted())[0].state, 'open')
    await db.from('rechecks').update({ created_at: db.raw(`now() - interval '8 days'`) })
    await dropOldRechecks()
    assert.equal((await planted())[0].state, 'withdrawn')
    assert.isAbove((await db.from('tasks').where({ kind: 'key', state: 'open' })).length, 0)
  })

  test('is withdrawn where its pictures go', async ({ assert }) => {
    const { receipt } = await givenKnown()
    await keyOne()
    await erasePictures(receipt, { actorId: (await person('admin')).id, despiteHold: true })
    assert.equal((await planted())[0].state, 'withdrawn')
    assert.isNotNull((await db.from('rechecks').firstOrFail()).dropped_at)
  })

  test('is forgotten with its pictures, though somebody has keyed it just now', async ({
    assert,
  }) => {
    const { receipt } = await givenKnown()
    await keyOne()
    await onlyKnown('name')
    const operator = await Visitor.loggedIn('operator3')
    const { location } = await operator.post('/work/assignments')
    await operator.post(`${location}/result`, {
      'values[name_kana]': 'ヤマダ ハルエ',
      'values[name]': '山田 はるゑ',
    })
    await erasePictures(receipt, { actorId: (await person('admin')).id, despiteHold: true })
    const { id } = (await planted())[0]
    assert.lengthOf(await db.from('assignments').where('task_id', id).whereNotNull('draft'), 0)
    await operator.post('/work/take-back')
    assert.equal((await planted())[0].state, 'done')
  })

  test('offers practice or more only where figures are sure', ({ assert }) => {
    assert.isNull(offerFor(errorRate(0, 0)))
    assert.isNull(offerFor(errorRate(10, 1)))
    assert.equal(offerFor(errorRate(200, 30)), 'practice')
    assert.equal(offerFor(errorRate(400, 1)), 'more')
  })
})
