import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { frozenVersion } from '#app/catalog/frozen_version'
import { closeKeying } from '#app/flow/keying_stage'
import { drainFlow } from '#app/flow/sweeper'
import { saveEntry } from '#app/keying/save_entry'
import { makeFinal } from '#app/keying/take_back'
import { latestValues } from '#app/submissions/revision_values'
import { transition } from '#app/core/transition'
import { takeNextTask } from '#app/tasks/take_next_task'
import { answers, givenSubmission, keyAll, person, take } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

test.group('Verification', (group) => {
  group.each.setup(reset)

  test('agreed values stand with their basis', async ({ assert }) => {
    const submission = await givenSubmission()
    await keyAll(answers())
    const latest = await latestValues(await submission.refresh())
    assert.equal(latest?.revision.number, 1)
    assert.equal(latest?.values.get('name')?.value, '山田 はるゑ')
    assert.equal(latest?.values.get('name')?.basis, 'agreed')
    assert.equal(latest?.values.size, 15)
  })

  test('where keyers differ the leader decides, with both entries in view', async ({ assert }) => {
    const submission = await givenSubmission()
    await keyAll(answers(), answers({ name: '山田 春江', wish2: '' }))
    assert.equal((await submission.refresh()).state, 'adjudicating')
    const leader = await Visitor.loggedIn('leader')
    for (const expected of ['山田 春江', '第2希望']) {
      const { location } = await leader.post('/work/assignments', { kind: 'adjudicate' })
      const page = await leader.get(location!)
      assert.include(page.text, expected)
      assert.equal(
        (await leader.get(`${location}/snippet`)).headers.get('content-type'),
        'image/jpeg'
      )
      const undecided = await leader.post(`${location}/result`)
      assert.equal(undecided.status, 422)
      const field = expected === '第2希望' ? 'wish2' : 'name'
      const entry = new RegExp(`name="chosen\\[${field}\\]"\\s+value="([0-9a-f-]{36})"`).exec(
        page.text
      )![1]
      const decided: Record<string, string> =
        field === 'name'
          ? { 'chosen[name]': 'typed', 'typed[name]': '山田 はるゑ' }
          : { 'chosen[wish2]': entry }
      assert.equal((await leader.post(`${location}/result`, decided)).status, 302)
    }
    await drainFlow()
    const latest = await latestValues(await submission.refresh())
    assert.equal(latest?.values.get('name')?.value, '山田 はるゑ')
    assert.equal(latest?.values.get('name')?.basis, 'adjudicated')
    assert.equal(latest?.values.get('wish2')?.value, answers().wish2)
    assert.equal(latest?.values.get('phone')?.basis, 'agreed')
    assert.lengthOf(await db.from('adjudication_entries'), 4)
  })

  test('a request is looked at at once when its last group is final, not before', async ({
    assert,
  }) => {
    const [submission, another] = [await givenSubmission(), await givenSubmission()]
    const firstOf = ({ id }: { id: string }): Promise<{ id: string }> =>
      db.from('tasks').where({ subject_id: id, pass: 1, group_key: 'name' }).firstOrFail()
    const kept = await person('operator1')
    const save = async ({ id }: { id: string }) => {
      await takeNextTask(kept, 'center', { taskId: id })
      const turn = (await take(kept))!
      await saveEntry(turn, answers(), { retractable: true })
    }
    const wokenNow = async () =>
      db.from('wakes').where({ subject_id: submission.id }).whereRaw('at <= now()')
    await db.from('wakes').delete()
    await save(await firstOf(submission))
    await save(await firstOf(another))
    assert.lengthOf(await wokenNow(), 0)
    await db
      .from('tasks')
      .where({ subject_id: submission.id, kind: 'key' })
      .whereIn('state', ['open', 'leased'])
      .delete()
    await db
      .from('assignments')
      .where({ user_id: kept.id })
      .update({ final_at: db.raw(`now() + interval '1 minute'`) })
    await transition((t) => makeFinal(t, kept.id))
    assert.lengthOf(await wokenNow(), 1)
  })

  test('a third person keys where its group says so; two of three stand', async ({
    assert,
    cleanup,
  }) => {
    const submission = await givenSubmission()
    const version = await frozenVersion(submission.serviceVersionId)
    const named = version.group('name')
    named.third = true
    cleanup(() => {
      delete named.third
    })
    await keyAll(answers(), answers({ name: '山田 春江' }))
    assert.equal((await submission.refresh()).state, 'keying')
    // Whoever has keyed it already isn't given it.
    for (const login of ['operator1', 'operator2'])
      assert.isNull(await take(await person(login)), login)
    const visitor = await Visitor.loggedIn('operator3')
    const { location } = await visitor.post('/work/assignments')
    const { text } = await visitor.get(location!)
    assert.include(text, 'values[name]')
    assert.notInclude(text, 'values[name_kana]')
    await visitor.post(`${location}/result`, { 'values[name]': answers().name })
    await db.from('assignments').update({ final_at: null })
    await closeKeying(submission.id)
    const latest = await latestValues(await submission.refresh())
    assert.equal(latest?.values.get('name')?.value, answers().name)
    assert.equal(latest?.values.get('name')?.basis, 'agreed')
    assert.lengthOf(await db.from('tasks').where('kind', 'adjudicate'), 0)
  })

  test('three that differ go to the leader, with all three', async ({ assert, cleanup }) => {
    const submission = await givenSubmission()
    const named = (await frozenVersion(submission.serviceVersionId)).group('name')
    named.third = true
    cleanup(() => {
      delete named.third
    })
    await keyAll(answers(), answers({ name: '山田 春江' }))
    const third = (await take(await person('operator3')))!
    await saveEntry(third, { name: '山田 晴江' })
    await drainFlow()
    assert.equal((await submission.refresh()).state, 'adjudicating')
    const leader = await Visitor.loggedIn('leader')
    const { location } = await leader.post('/work/assignments', { kind: 'adjudicate' })
    const { text } = await leader.get(location!)
    for (const name of [answers().name, '山田 春江', '山田 晴江']) assert.include(text, name)
  })

  test('what differs stands out for the leader; two forms of one character are named, not folded', async ({
    assert,
  }) => {
    await givenSubmission()
    await keyAll(answers({ name: '髙山 花枝' }), answers({ name: '高山 花江' }))
    const leader = await Visitor.loggedIn('leader')
    const { location } = await leader.post('/work/assignments', { kind: 'adjudicate' })
    const { text } = await leader.get(location!)
    const marked = [...text.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, run]) => run)
    assert.deepEqual(marked, ['髙', '枝', '高', '江'])
    assert.include(text, '「高」と「髙」は、同じ字の形ちがいです')
    assert.notInclude(text, '「枝」と「江」')
  })

  test('one person’s entry stands where its group says so', async ({ assert, cleanup }) => {
    const seen = await givenSubmission()
    const named = (await frozenVersion(seen.serviceVersionId)).group('name')
    named.keying = 'one'
    cleanup(() => {
      delete named.keying
    })
    const submission = await givenSubmission()
    await db.from('tasks').where('subject_id', seen.id).delete()
    const passes = await db
      .from('tasks')
      .where({ subject_id: submission.id, group_key: 'name' })
      .select('pass')
    assert.deepEqual(passes, [{ pass: 1 }])
    await keyAll(answers())
    const latest = await latestValues(await submission.refresh())
    assert.equal(latest?.values.get('name')?.basis, 'single')
    assert.equal(latest?.values.get('phone')?.basis, 'agreed')
  })

  test('a character that both could not read goes to the leader too', async ({ assert }) => {
    const submission = await givenSubmission()
    await keyAll(answers({ name: '山田 は●ゑ' }))
    assert.equal((await submission.refresh()).state, 'adjudicating')
  })

  test('a doubtful value is shown again before it is saved, with everything typed', async ({
    assert,
  }) => {
    await givenSubmission()
    const operator = await Visitor.loggedIn('operator1')
    const first = (await operator.post('/work/assignments')).location!
    await operator.post(`${first}/result`, {
      'values[name_kana]': 'ヤマダ ハルエ',
      'values[name]': '山田 はるゑ',
    })
    const second = (await operator.get('/work')).text.match(
      /\/work\/assignments\/[0-9a-f-]{36}/
    )![0]
    const doubtful = await operator.post(`${second}/result`, {
      'values[birth_date]': 'S190431',
      'values[voucher_number]': '1234567890',
    })
    assert.equal(doubtful.status, 422)
    for (const text of [
      'その日はありません',
      '検査数字が合いません',
      'value="S190431"',
      'value="1234567890"',
    ])
      assert.include(doubtful.text, text)
    assert.equal(
      (
        await operator.post(`${second}/result`, {
          'values[birth_date]': 'S190431',
          'values[voucher_number]': '1234567890',
          'asked[birth_date]': 'S190431',
          'asked[voucher_number]': '1234567890',
          'sure': '1',
        })
      ).status,
      302
    )
    assert.lengthOf(await db.from('entries'), 2)
  })
})
