import { test } from '@japa/runner'
import { accept, answer, givenBatch } from '#tests/support/given_batch'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

test.group('A batch of work', (group) => {
  group.each.setup(reset)

  test('goes from a kind without code to a table that the client accepts', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader)
    assert.include((await leader.get(path)).text, '0 / 2')
    const operator = await Visitor.loggedIn('operator1')
    const work = await operator.get('/work')
    assert.include(work.text, '名簿の入力')
    const first = await accept(operator, path)
    const screen = await operator.get(first)
    assert.include(screen.text, '青嶺商事')
    assert.include(screen.text, '残り2件')
    const second = await answer(operator, first, { f1: '青嶺　太郎', f2: '0263-00-1111' })
    assert.include((await operator.get(second)).text, '片瀬工業')
    const end = await answer(operator, second, { f1: '片瀬花子', f2: '' })
    const pack = await operator.get(end)
    assert.include(pack.text, '全部終わりました')
    assert.include(pack.text, '24 円')
    const delivered = await leader.post(`${path}/decision`, { decision: 'deliver' })
    assert.equal(delivered.location, path)
    const client = await Visitor.loggedIn('kenko')
    assert.include((await client.get(path)).text, '受け取る')
    const { text } = await client.get(`${path}/file`)
    assert.deepEqual(text.replace('\uFEFF', '').trim().split('\r\n'), [
      '"番号","会社","名刺番号","氏名","電話","のぞいた理由"',
      '"2","青嶺商事","1","青嶺 太郎","0263001111",""',
      '"3","片瀬工業","2","片瀬花子","",""',
      '"4","青嶺商事","1","青嶺 太郎","0263001111",""',
    ])
    await client.post(`${path}/acceptance`, { decision: 'accept' })
    assert.include((await client.get(path)).text, '受け取りずみ')
  })
})
