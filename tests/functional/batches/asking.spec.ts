import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { forgetBoard } from '#app/center/board/current_board'
import { acceptPack, answer, givenBatch, nextOf, rows } from '#tests/support/given_batch'
import { person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** Two batches, and an operator who has worked on the first and has nothing in hand. */
async function givenFree() {
  const leader = await Visitor.loggedIn('leader')
  const path = await givenBatch(leader, {
    table: '会社\r\n青嶺商事\r\n',
    batch: { title: 'はじめの分', first: '1' },
  })
  const other = await givenBatch(leader, {
    table: rows(3),
    kind: { name: 'あとの種類' },
    batch: { title: 'あとの分' },
  })
  const operator = await Visitor.loggedIn('operator1')
  await answer(operator, await nextOf(operator, await acceptPack(operator, path)), {
    f1: '青嶺太郎',
    f2: '',
  })
  return { leader, operator, batchId: other.split('/').at(-1)!, other }
}

test.group('Somebody who is asked by name', (group) => {
  group.each.setup(reset)

  test('sees it first among what is offered, and accepts it or not', async ({ assert }) => {
    const { leader, operator, batchId, other } = await givenFree()
    const user = await person('operator1')
    const question = { user_id: user.id, batch_id: batchId }
    forgetBoard()
    assert.include((await leader.get('/board')).text, 'あとの分')
    await leader.post('/board/questions', question)
    await leader.post('/board/questions', question)
    assert.include((await leader.get('/board')).text, '「あとの分」をたのんでいます')
    assert.include((await operator.get('/work')).text, 'リーダーからのお願い')
    // Nobody else is asked with them.
    const another = await Visitor.loggedIn('operator2')
    assert.notInclude((await another.get('/work')).text, 'リーダーからのお願い')
    await operator.post(`/work/offers/${batchId}/decline`)
    assert.notInclude((await operator.get('/work')).text, 'リーダーからのお願い')
    assert.include((await operator.get('/work')).text, 'あとの分')
    // Asked anew, it is accepted: then nobody asks any more.
    await leader.post('/board/questions', question)
    assert.include((await operator.get('/work')).text, 'リーダーからのお願い')
    await acceptPack(operator, other)
    assert.lengthOf(await db.from('asked_people').whereNull('answered_at'), 0)
    const late = await leader.post('/board/questions/withdrawal', question)
    assert.include((await leader.get(late.location!)).text, 'もう返事がありました')
  })

  test('isn’t asked for what they can’t be given, and the question can be taken back', async ({
    assert,
  }) => {
    const { leader, operator, batchId } = await givenFree()
    const user = await person('operator1')
    const skilled = await givenBatch(leader, {
      kind: { name: '英語の入力', skill: '英語' },
      batch: { title: '英語' },
    })
    for (const [question, says] of [
      [{ user_id: user.id, batch_id: skilled.split('/').at(-1)! }, 'できる件がありません'],
      [{ user_id: (await person('kenko')).id, batch_id: batchId }, 'たのめません'],
      [{ user_id: user.id, batch_id: user.id }, 'もう配っていません'],
    ] as const) {
      const { location } = await leader.post('/board/questions', question)
      assert.include((await leader.get(location!)).text, says)
    }
    assert.lengthOf(await db.from('asked_people'), 0)
    const question = { user_id: user.id, batch_id: batchId }
    assert.equal((await operator.post('/board/questions', question)).status, 404)
    await leader.post('/board/questions', question)
    await leader.post('/board/questions/withdrawal', question)
    assert.notInclude((await operator.get('/work')).text, 'リーダーからのお願い')
    // What nobody has answered for half a day is no question any more.
    await leader.post('/board/questions', question)
    await db.from('asked_people').update({ asked_at: db.raw(`now() - interval '13 hours'`) })
    assert.notInclude((await operator.get('/work')).text, 'リーダーからのお願い')
  })
})
