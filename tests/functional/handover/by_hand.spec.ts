import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { askCorrection } from '#app/clients/ask_correction'
import { decideCorrection } from '#app/clients/corrections'
import { transition } from '#app/core/transition'
import { endWork } from '#app/handover/end_work'
import Handover from '#app/handover/handover'
import { beginStandstill } from '#app/core/standstill'
import { answerQuestion } from '#app/registry/answer_question'
import { keepStop } from '#app/registry/keep_stop'
import { drainFlow, sweep } from '#app/flow/sweeper'
import type Submission from '#app/submissions/submission'
import { givenKeyed, person, take } from '#tests/support/given'
import { givenWaste } from '#tests/support/given_waste'
import { pagesOf } from '#tests/support/pdf_text'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const NUMBER = 'S1234-0001'

async function begin(visitor: Visitor): Promise<string> {
  const { location } = await visitor.post('/work/assignments', { kind: 'register' })
  if (!location?.includes('/work/assignments/')) throw new Error('Nothing is to be registered')
  return location
}

function register(visitor: Visitor, at: string, number: string, again = number) {
  return visitor.post(`${at}/result`, {
    'outcome': 'registered',
    'values[number]': number,
    'values[again]': again,
  })
}

/** The same on a screen that says under which number it is there already. */
function registerKnown(visitor: Visitor, at: string, number: string) {
  return visitor.post(`${at}/result`, {
    'outcome': 'registered',
    'known': NUMBER,
    'values[number]': number,
    'values[again]': number,
  })
}

function handoversOf({ id }: Submission) {
  return db.from('handovers').where('submission_id', id).orderBy('created_at')
}

/** What the resident is told. */
async function letterOf({ id }: Submission): Promise<string> {
  await drainFlow()
  const reply = await db
    .from('replies')
    .join('reply_submissions', 'reply_submissions.reply_id', 'replies.id')
    .where('submission_id', id)
    .orderBy('replies.created_at', 'desc')
    .select('replies.id')
    .firstOrFail()
  const leader = await Visitor.loggedIn('leader')
  const { body } = await leader.get(`/replies/${reply.id}/letter`)
  return (await pagesOf(body)).join('\n')
}

async function statesOf(submission: Submission): Promise<string[]> {
  return (await handoversOf(submission)).map(({ state }) => state)
}

/** A value that is registered there is corrected here. */
async function correctPieces(submission: Submission): Promise<void> {
  const leader = await person('leader')
  await askCorrection(leader, await submission.refresh(), 'pieces', '2個でした')
  await decideCorrection(leader, (await take(leader))!, '02', null)
  await drainFlow()
}

/** Somebody's lease runs out while they are in the other site. */
async function leaseRunsOut(at: string): Promise<void> {
  await db
    .from('assignments')
    .where('id', at.split('/').at(-1)!)
    .update({ expires_at: db.raw(`now() - interval '1 second'`) })
  await sweep()
}

test.group('Registering by hand in a site of others', (group) => {
  group.each.setup(reset)

  test('goes step by step, and its number is in the letter', async ({ assert }) => {
    const submission = await givenWaste()
    const home = await Visitor.loggedIn('operator4', 'home')
    assert.equal((await home.post('/work/assignments', { kind: 'register' })).location, '/work')
    const operator = await Visitor.loggedIn('operator1')
    const at = await begin(operator)
    const { text } = await operator.get(at)
    assert.include(text, 'href="https://sodai.aone-city.example/"')
    assert.include(text, 'data-copy="ヤマダ ハルエ"')
    // Also where its reader prefers English.
    await operator.post('/locale', { locale: 'en' })
    assert.include((await operator.get(at)).text, 'data-copy="手伝いがほしい"')
    await operator.post('/locale', { locale: 'ja' })
    assert.notInclude(text, 'ほかの人がはじめています')
    // What leaves the house by hand is noted, without the value.
    assert.equal((await operator.post(`${at}/copies`, { field: 'address' })).status, 204)
    assert.equal((await operator.post(`${at}/copies`, { field: 'watchword' })).status, 404)
    const copied = await db.from('events').where('verb', 'handover.copied').firstOrFail()
    assert.deepEqual(copied.detail, { field: 'address' })
    for (const [number, again, says] of [
      ['', '', '番号を入れてください'],
      [NUMBER, 'S1234-0002', '2つの番号がちがいます'],
      ['12340001', '12340001', '番号の形が'],
    ]) {
      const refused = await register(operator, at, number, again)
      assert.equal(refused.status, 422)
      assert.include(refused.text, says)
      assert.include(refused.text, `value="${number}"`)
    }
    // Typed in wide letters it is the same number.
    await register(operator, at, 'Ｓ１２３４-0001', NUMBER)
    const [handover] = await handoversOf(submission)
    assert.include(handover, { state: 'done', reference: NUMBER })
    assert.include(await letterOf(submission), NUMBER)
  })

  test('tells where there is no place, and comes again where the site doesn’t answer', async ({
    assert,
  }) => {
    const submission = await givenWaste()
    const operator = await Visitor.loggedIn('operator1')
    const at = await begin(operator)
    await operator.post(`${at}/result`, { outcome: 'later' })
    const task = await db.from('tasks').where('kind', 'register').firstOrFail()
    assert.equal(task.state, 'open')
    assert.isAbove(task.available_at.getTime(), Date.now() + 20 * 60_000)
    await db
      .from('tasks')
      .where('id', task.id)
      .update({ available_at: db.raw('now()') })
    const other = await Visitor.loggedIn('operator2')
    const again = await begin(other)
    assert.include((await other.get(again)).text, 'ほかの人がはじめています')
    // What belongs to taking back isn't taken here.
    const wrong = await other.post(`${again}/result`, { outcome: 'canceled' })
    assert.equal(wrong.status, 422)
    await other.post(`${again}/result`, { outcome: 'full' })
    assert.include((await handoversOf(submission))[0], { state: 'refused', reason: 'full' })
    assert.include(await letterOf(submission), '空きがありませんでした')
  })

  test('loses no number, though the lease had run out, and says when there are two', async ({
    assert,
  }) => {
    const submission = await givenWaste()
    const slow = await Visitor.loggedIn('operator1')
    const at = await begin(slow)
    await leaseRunsOut(at)
    const quick = await Visitor.loggedIn('operator2')
    const second = await begin(quick)
    await register(slow, at, NUMBER)
    assert.include((await handoversOf(submission))[0], { state: 'done', reference: NUMBER })
    // The other one has been in the site as well: one of both is to go.
    const twice = await register(quick, second, 'S1234-0002')
    assert.equal(twice.status, 422)
    assert.include(twice.text, 'ほかの人が先に登録しました')
    const { detail } = await db.from('events').where('verb', 'handover.doubled').firstOrFail()
    assert.deepEqual(detail, { number: 'S1234-0002' })
    assert.equal((await handoversOf(submission))[0].reference, NUMBER)
  })

  test('changes there what was corrected here, and takes back what isn’t wanted', async ({
    assert,
  }) => {
    const submission = await givenWaste()
    const operator = await Visitor.loggedIn('operator1')
    await register(operator, await begin(operator), NUMBER)
    await drainFlow()
    await correctPieces(submission)
    const at = await begin(operator)
    const { text } = await operator.get(at)
    assert.include(text, '新しく登録しないで')
    assert.include(text, NUMBER)
    assert.include(text, 'data-copy="02"')
    await register(operator, at, NUMBER)
    await drainFlow()
    const deputy = await Visitor.loggedIn('leader')
    await deputy.post(`/submissions/${submission.id}/handover/cancellation`, { sure: 'yes' })
    await drainFlow()
    const back = await begin(operator)
    assert.include((await operator.get(back)).text, '登録を取り消してください')
    const wrong = await register(operator, back, NUMBER)
    assert.equal(wrong.status, 422)
    await operator.post(`${back}/result`, { outcome: 'canceled' })
    assert.equal((await handoversOf(submission)).at(-1).state, 'canceled')
  })

  test('keeps a number that came when it was corrected meanwhile: it is changed there', async ({
    assert,
  }) => {
    const submission = await givenWaste()
    const operator = await Visitor.loggedIn('operator1')
    const at = await begin(operator)
    await correctPieces(submission)
    const late = await register(operator, at, NUMBER)
    assert.include(late.text, '直されたか、取り消されました')
    const again = await begin(operator)
    const { text } = await operator.get(again)
    assert.include(text, '新しく登録しないで')
    assert.include(text, NUMBER)
    await registerKnown(operator, again, NUMBER)
    assert.deepEqual(await statesOf(submission), ['canceled', 'done'])
    const leader = await Visitor.loggedIn('leader')
    await leader.post(`/submissions/${submission.id}/handover/cancellation`, { sure: 'yes' })
    assert.deepEqual(await statesOf(submission), ['canceled', 'canceling'])
  })

  test('takes back a number that nobody knew of when it was registered anew', async ({
    assert,
  }) => {
    const submission = await givenWaste()
    const slow = await Visitor.loggedIn('operator1')
    const at = await begin(slow)
    await correctPieces(submission)
    const quick = await Visitor.loggedIn('operator2')
    const second = await begin(quick)
    assert.notInclude((await quick.get(second)).text, 'name="known"')
    await register(slow, at, NUMBER)
    await register(quick, second, 'S1234-0002')
    assert.deepEqual(await statesOf(submission), ['canceling', 'done'])
    // Typed once more it is no third.
    assert.equal((await register(slow, at, NUMBER)).location, '/work')
    assert.deepEqual(await statesOf(submission), ['canceling', 'done'])
  })

  test('leaves what stands there alone, where its number comes late', async ({ assert }) => {
    const submission = await givenWaste()
    const operator = await Visitor.loggedIn('operator1')
    await register(operator, await begin(operator), NUMBER)
    await drainFlow()
    await correctPieces(submission)
    const at = await begin(operator)
    const [, changing] = await handoversOf(submission)
    await transition(async (t) =>
      endWork(t, await Handover.findOrFail(changing.id, { client: t.trx }))
    )
    await register(operator, at, NUMBER)
    assert.deepEqual(await statesOf(submission), ['done', 'canceled'])
  })

  test('isn’t begun any more where nobody wants it; a number that comes then is taken back', async ({
    assert,
  }) => {
    const submission = await givenWaste()
    const operator = await Visitor.loggedIn('operator1')
    const at = await begin(operator)
    const leader = await Visitor.loggedIn('leader')
    const { text } = await leader.get(`/submissions/${submission.id}`)
    assert.include(text, 'handover/cancellation')
    await leader.post(`/submissions/${submission.id}/handover/cancellation`, { sure: 'yes' })
    assert.deepEqual(await statesOf(submission), ['canceled'])
    assert.lengthOf(await db.from('tasks').where({ kind: 'register', state: 'withdrawn' }), 1)
    await register(operator, at, NUMBER)
    assert.deepEqual(await statesOf(submission), ['canceling'])
    await drainFlow()
    const back = await begin(operator)
    assert.include((await operator.get(back)).text, NUMBER)
    await operator.post(`${back}/result`, { outcome: 'canceled' })
    assert.deepEqual(await statesOf(submission), ['canceled'])
  })

  test('is looked for there first, where it came back with a back-up', async ({ assert }) => {
    await givenWaste()
    const operator = await Visitor.loggedIn('operator1')
    const at = await begin(operator)
    assert.notInclude((await operator.get(at)).text, '控えから戻す前に')
    await beginStandstill(new Date().toISOString(), async () => 0)
    assert.include((await operator.get(at)).text, '控えから戻す前に')
  })

  test('ends with somebody’s death: what isn’t registered yet stays, the rest is taken back', async ({
    assert,
  }) => {
    const registered = await givenWaste()
    const operator = await Visitor.loggedIn('operator1')
    await register(operator, await begin(operator), NUMBER)
    await drainFlow()
    const waiting = await givenWaste()
    const client = await person('fukushi')
    await keepStop(client, {
      clientId: client.organizationId,
      kind: 'deceased',
      person: { kana: 'ヤマダ ハルエ', birthDate: '1944-05-03', phone: '0263001234' },
      until: null,
      mayCall: false,
    })
    await drainFlow()
    for (const { id } of await db.from('contact_questions').whereNull('answer'))
      await answerQuestion(client, id, 'yes')
    await drainFlow()
    assert.equal((await handoversOf(registered))[0].state, 'canceling')
    assert.equal((await handoversOf(waiting))[0].state, 'canceled')
    const open = await db.from('tasks').where({ kind: 'register', state: 'open' })
    assert.deepEqual(
      open.map(({ group_key: key }) => key),
      ['cancel']
    )
  })

  test('is taken back nowhere else: a booking of our own is canceled by its own ways', async ({
    assert,
  }) => {
    const booked = await givenKeyed()
    const leader = await Visitor.loggedIn('leader')
    await leader.post(`/submissions/${booked.id}/handover/cancellation`, { sure: 'yes' })
    assert.equal((await handoversOf(booked))[0].state, 'done')
  })
})
