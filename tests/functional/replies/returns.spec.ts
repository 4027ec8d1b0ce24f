import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { drainFlow } from '#app/flow/sweeper'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { encloseRun } from '#tests/support/given_posting'
import { givenKeyed, person, runWishes } from '#tests/support/given'
import { approved, givenMailing, handInList, listOf } from '#tests/support/given_mailing'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** Prints, encloses and posts a run; the codes of its sheets. */
async function posted(leader: Visitor, runId: string): Promise<string[]> {
  const codes = await encloseRun(leader, runId)
  await leader.post(`/print-runs/${runId}/posting`)
  return codes
}

test.group('Returned mail', (group) => {
  group.each.setup(reset)

  test('has whom it answers called, once, and stands in their history', async ({ assert }) => {
    const submission = await givenKeyed()
    const planned = await planPrintRun(
      await person('admin'),
      submission.clientId,
      newId(),
      runWishes()
    )
    if (!planned.ok) throw new Error(planned.reason)
    await drainFlow()
    const leader = await Visitor.loggedIn('leader')
    const [{ code: early }] = await db.from('sheets')
    const bring = (code: string, reason = 'gone_away') =>
      leader.post('/returned-mail', { code, reason })
    assert.include((await bring(early)).text, 'まだ投函していません')
    const [code] = await posted(leader, planned.run.id)
    // As a scanner types it.
    const kept = await bring(`ＨＷＳ／${code.toLowerCase()}`)
    assert.equal(kept.status, 200)
    assert.include(kept.text, 'かける電話: 1件')
    assert.include(kept.text, '転居先がわからない')
    const again = await bring(code)
    assert.equal(again.status, 422)
    assert.include(again.text, 'もう戻ったことになっています')
    assert.equal((await bring('XXXXXXXX')).status, 422)
    assert.equal((await bring(code, 'because')).status, 422)
    const call = await db.from('call_backs').firstOrFail()
    assert.include(call, { reason: 'returned', submission_id: submission.id, state: 'open' })
    assert.lengthOf(await db.from('call_backs'), 1)
    assert.lengthOf(await db.from('tasks').where('kind', 'call_back').where('state', 'open'), 1)
    const history = (await leader.get(`/submissions/${submission.id}`)).text
    assert.include(history, '戻ってきました')
    const desk = await Visitor.loggedIn('madoguchi')
    const { location } = await desk.post('/work/assignments', { kind: 'call_back' })
    const shown = (await desk.get(location!)).text
    assert.include(shown, '届かずに戻ってきました')
    // Nobody is reached: no further letter goes to where they don't live.
    for (let attempt = 0; attempt < 3; attempt++) {
      const { location: at } = await desk.post('/work/assignments', {
        task_id: String((await db.from('tasks').where('kind', 'call_back').firstOrFail()).id),
      })
      await desk.post(`${at}/result`, { outcome: 'no_answer' })
      await db
        .from('tasks')
        .where('kind', 'call_back')
        .update({ available_at: db.raw('now()') })
    }
    await drainFlow()
    assert.lengthOf(await db.from('replies'), 1)
  })

  test('of a list is read by its client, with why, and counted by month', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const chief = await Visitor.loggedIn('kacho')
    const leader = await Visitor.loggedIn('leader')
    const mailing = await givenMailing(client, { product: 'postcard' })
    await handInList(client, mailing, listOf(3))
    await approved(client, chief, mailing)
    await leader.post(`${mailing}/runs`, { dated_on: today() })
    await drainFlow()
    const run = await db.from('print_runs').firstOrFail()
    const [code] = await posted(leader, run.id)
    await leader.post('/returned-mail', { code, reason: 'unknown_address' })
    assert.lengthOf(await db.from('call_backs'), 0)
    const report = (await client.get(`${mailing}/report`)).text
    assert.include(report, '"戻ってきた","あて所に尋ねあたりません"')
    assert.include(report, '"発送した"')
    const months = (await leader.get('/returned-mail/report')).text
    assert.include(
      months,
      `"${today().slice(0, 7)}","青嶺市 健康課","あて所に尋ねあたりません","1","3"`
    )
    assert.include((await leader.get('/returned-mail')).text, 'あて所に尋ねあたりません')
    const { text } = await leader.get(`/print-runs/${run.id}`)
    assert.notInclude(text, '/submissions/null')
    // What came back was posted: the control sheet still adds up.
    assert.match(text, /<span class="figure">3<\/span>投函/)
  })
})
