import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Batch from '#app/batches/batch'
import { acceptSilently } from '#app/batches/accept_silently'
import { removeOldBatches } from '#app/batches/remove_old_batches'
import { drainFlow } from '#app/flow/sweeper'
import {
  accept,
  acceptPack,
  answer,
  givenBatch,
  givenBatchOf,
  givenKind,
  handIn,
  nextOf,
} from '#tests/support/given_batch'
import { person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const RIGHT = { f1: '青嶺太郎', f2: '0263001111' }
const ONE_ROW = '会社\r\n青嶺商事\r\n'

/** The lines of what a batch came to. */
async function tableOf(visitor: Visitor, path: string): Promise<string[]> {
  const { text } = await visitor.get(`${path}/file`)
  return text.replace('\uFEFF', '').trim().split('\r\n')
}

/** Somebody takes the first task of a kind that waits for them. */
async function take(visitor: Visitor, kind: string): Promise<string> {
  const { location } = await visitor.post('/work/assignments', { kind })
  if (!location?.startsWith('/work/assignments/')) throw new Error(`No ${kind} waits`)
  return location
}

function stateOf(path: string): Promise<string> {
  return db
    .from('batches')
    .where('id', path.split('/').at(-1)!)
    .firstOrFail()
    .then(({ state }: { state: string }) => state)
}

test.group('A batch of work', (group) => {
  group.each.setup(reset)

  test('goes from a kind without code to a table that the client accepts', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader)
    assert.include((await leader.get(path)).text, '0 / 2')
    const operator = await Visitor.loggedIn('operator1')
    assert.include((await operator.get('/work')).text, '名簿の入力')
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
    // The row that was there twice was worked on once, and comes back twice.
    assert.deepEqual(await tableOf(client, path), [
      '"番号","会社","名刺番号","氏名","電話","のぞいた理由"',
      '"2","青嶺商事","1","青嶺 太郎","0263001111",""',
      '"3","片瀬工業","2","片瀬花子","",""',
      '"4","青嶺商事","1","青嶺 太郎","0263001111",""',
    ])
    await client.post(`${path}/acceptance`, { decision: 'accept' })
    assert.include((await client.get(path)).text, '受け取りずみ')
  })

  test('has a second person answer blind, and a leader decide where they differ', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: ONE_ROW, kind: { check: '100' } })
    const one = await Visitor.loggedIn('operator1')
    await answer(one, await accept(one, path), RIGHT)
    // Whoever answered first isn't asked again.
    assert.notInclude((await one.get('/work')).text, '/work/offers/')
    const other = await Visitor.loggedIn('operator2')
    const second = await accept(other, path)
    assert.notInclude((await other.get(second)).text, '青嶺太郎')
    await answer(other, second, { ...RIGHT, f1: '青峰太郎' })
    const decision = await take(leader, 'piece_decide')
    const screen = (await leader.get(decision)).text
    for (const given of ['青嶺太郎', '青峰太郎']) assert.include(screen, given)
    await answer(leader, decision, { ...RIGHT, f1: '青峰太郎' })
    assert.include(await tableOf(leader, path), '"2","青嶺商事","青峰太郎","0263001111",""')
    // The first had one of two fields wrong.
    assert.include((await leader.get(path)).text, '50 %')
  })

  test('stands where two agree, though one wrote in wide letters', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: ONE_ROW, kind: { check: '100' } })
    for (const [login, f2] of [
      ['operator1', '０２６３−００−１１１１'],
      ['operator2', '0263001111'],
    ]) {
      const operator = await Visitor.loggedIn(login)
      await answer(operator, await accept(operator, path), { ...RIGHT, f2 })
    }
    const page = (await leader.get(path)).text
    assert.include(page, '2人が同じ')
    assert.include(page, '1 / 1')
  })

  test('asks the leader about what can’t be done: once more, or left out', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: ONE_ROW })
    const operator = await Visitor.loggedIn('operator1')
    const first = await accept(operator, path)
    const unsaid = await operator.post(`${first}/result`, { unable: '1', cannot: '' })
    assert.equal(unsaid.status, 422)
    await operator.post(`${first}/result`, { unable: '1', cannot: '名前が消してある' })
    const decision = await take(leader, 'piece_decide')
    assert.include((await leader.get(decision)).text, '名前が消してある')
    await leader.post(`${decision}/result`, { instead: 'again', why: '裏を見てください' })
    const again = await accept(operator, path)
    assert.include((await operator.get(again)).text, '裏を見てください')
    await operator.post(`${again}/result`, { unable: '1', cannot: '裏もない' })
    const last = await take(leader, 'piece_decide')
    await leader.post(`${last}/result`, { instead: 'leave_out', why: '名前がない' })
    assert.include(await tableOf(leader, path), '"2","青嶺商事","","","名前がない"')
  })

  test('is delivered whole or not at all, and comes back with a reason', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const client = await Visitor.loggedIn('kenko')
    const path = await givenBatch(leader, { table: ONE_ROW })
    await leader.post(`${path}/decision`, { decision: 'deliver' })
    assert.equal(await stateOf(path), 'open')
    assert.equal((await client.get(`${path}/file`)).status, 404)
    const operator = await Visitor.loggedIn('operator1')
    await answer(operator, await accept(operator, path), RIGHT)
    await leader.post(`${path}/decision`, { decision: 'deliver' })
    await client.post(`${path}/acceptance`, { decision: 'send_back', why: '' })
    assert.equal(await stateOf(path), 'delivered')
    await client.post(`${path}/acceptance`, { decision: 'send_back', why: '2行目の名前' })
    assert.include((await leader.get(path)).text, '2行目の名前')
    await leader.post(`${path}/pieces/1/again`, { why: '旧字体で' })
    const piece = await accept(operator, path)
    assert.include((await operator.get(piece)).text, '旧字体で')
    await answer(operator, piece, { ...RIGHT, f1: '靑嶺太郎' })
    await leader.post(`${path}/decision`, { decision: 'deliver' })
    assert.include(await tableOf(client, path), '"2","青嶺商事","靑嶺太郎","0263001111",""')
    assert.include((await leader.get(`${path}/pieces/1`)).text, '2巡目')
  })

  test('keeps what a leader decided when more is checked, and goes on', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: ONE_ROW })
    const operator = await Visitor.loggedIn('operator1')
    const piece = await accept(operator, path)
    await operator.post(`${piece}/result`, { unable: '1', cannot: '読めない' })
    await answer(leader, await take(leader, 'piece_decide'), RIGHT)
    assert.notInclude((await leader.get(path)).text, `${path}/check`)
    await leader.post(`${path}/check`, { share: '100' })
    assert.include(await tableOf(leader, path), '"2","青嶺商事","青嶺太郎","0263001111",""')
    await leader.post(`${path}/decision`, { decision: 'deliver' })
    assert.equal(await stateOf(path), 'delivered')
  })

  test('keeps what people write of it sealed, and shows the client only why something lacks', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader)
    const operator = await Visitor.loggedIn('operator1')
    const second = await answer(operator, await accept(operator, path), RIGHT)
    await operator.post(`${second}/result`, { unable: '1', cannot: '片瀬花子が2人' })
    const decision = await take(leader, 'piece_decide')
    await leader.post(`${decision}/result`, { instead: 'leave_out', why: '花子が2人いる' })
    await leader.post(`${path}/pieces/1/again`, { why: '太郎の字' })
    const client = await Visitor.loggedIn('kenko')
    const page = (await client.get(path)).text
    assert.include(page, '花子が2人いる')
    assert.notInclude(page, '太郎の字')
    await answer(operator, await accept(operator, path), RIGHT)
    await leader.post(`${path}/decision`, { decision: 'deliver' })
    await client.post(`${path}/acceptance`, { decision: 'send_back', why: '花子を見て' })
    for (const table of ['batches', 'pieces', 'piece_answers', 'tasks', 'events'])
      assert.notInclude(JSON.stringify(await db.from(table)), '花子', table)
  })

  test('is checked further where a leader wants to know more', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader)
    const operator = await Visitor.loggedIn('operator1')
    const second = await answer(operator, await accept(operator, path), RIGHT)
    await answer(operator, second, RIGHT)
    await leader.post(`${path}/check`, { share: '５０' })
    assert.include((await leader.get(path)).text, '1 / 2')
    const other = await Visitor.loggedIn('operator2')
    await answer(other, await accept(other, path), RIGHT)
    const page = (await leader.get(path)).text
    assert.include(page, '2 / 2')
    assert.include(page, '2 項目のうち 0')
  })

  test('says what is wrong with a table, and takes another', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatchOf(leader, await givenKind(leader))
    for (const [table, says] of [
      ['', 'ファイルに行がありません'],
      ['会社,名刺番号\r\n', 'ファイルに行がありません'],
      ['会社,会社\r\n青嶺商事,1\r\n', '会社'],
    ]) {
      await handIn(leader, path, table)
      const page = (await leader.get(path)).text
      assert.include(page, 'role="alert"')
      assert.include(page, says)
    }
    await handIn(leader, path, ONE_ROW)
    assert.equal(await stateOf(path), 'open')
  })

  test('leaves out rows that can’t be read, and says why to the client', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, {
      table: '会社\r\n青嶺商事\r\n片瀬\uE000\r\n桐生,多い\r\n',
    })
    assert.include((await leader.get(path)).text, '2 / 3')
    const lines = await tableOf(leader, path)
    assert.include(lines[2], '読めない文字')
    assert.include(lines[3], '見出しより多くの列')
  })

  test('is laid out once, though a worker died in the middle', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const rows = Array.from({ length: 1200 }, (_, index) => `会社${index}`)
    const path = await givenBatchOf(leader, await givenKind(leader))
    await handIn(leader, path, `会社\r\n${rows.join('\r\n')}\r\n`)
    const id = path.split('/').at(-1)!
    const known = await db.from('pieces').where('batch_id', id).orderBy('number').select('id')
    assert.lengthOf(known, 1200)
    // As if it had died after a thousand.
    const going = known.slice(1000).map((piece) => String(piece.id))
    await db.from('tasks').whereIn('subject_id', going).delete()
    await db.from('pieces').whereIn('id', going).delete()
    const owner = db.connection('owner')
    await owner.from('batches').where('id', id).update({ state: 'loading' })
    await db.table('wakes').insert({ subject_type: 'batch', subject_id: id })
    await drainFlow()
    const now = await db.from('pieces').where('batch_id', id).orderBy('number').select('id')
    assert.lengthOf(now, 1200)
    assert.deepEqual(now.slice(0, 1000), known.slice(0, 1000))
    const tasks = await db.from('tasks').where({ kind: 'piece', group_key: id })
    assert.lengthOf(tasks, 1200)
  })

  test('is not another client’s, nor shows who did what', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: ONE_ROW })
    const operator = await Visitor.loggedIn('operator1')
    await answer(operator, await accept(operator, path), RIGHT)
    await leader.post(`${path}/decision`, { decision: 'deliver' })
    const stranger = await Visitor.loggedIn('kotsu')
    for (const address of [path, `${path}/file`])
      assert.equal((await stranger.get(address)).status, 404)
    assert.notInclude((await stranger.get('/batches')).text, '11月分')
    const name = await db.from('users').where('login', 'operator1').firstOrFail()
    const own = await Visitor.loggedIn('kenko')
    assert.notInclude((await own.get(path)).text, String(name.display_name))
    assert.include((await leader.get(path)).text, String(name.display_name))
  })

  test('counts as accepted where the client says nothing for long', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: '会社\r\n青嶺商事\r\n' })
    const operator = await Visitor.loggedIn('operator1')
    await answer(operator, await accept(operator, path), { f1: '青嶺太郎', f2: '' })
    await leader.post(`${path}/decision`, { decision: 'deliver' })
    const client = await Visitor.loggedIn('kenko')
    assert.include((await client.get(path)).text, '30日のあいだ')
    await acceptSilently()
    const state = async () => (await db.from('batches').firstOrFail()).state
    assert.equal(await state(), 'delivered')
    // Not before the client has it, whatever the center itself has looked at.
    await leader.get(`${path}/file`)
    assert.include((await leader.get(path)).text, 'まだ受け取られていません')
    const monthAgo = db.raw(`now() - interval '31 days'`)
    await db.from('batches').update({ delivered_at: monthAgo })
    await acceptSilently()
    assert.equal(await state(), 'delivered')
    await client.get(`${path}/file`)
    await acceptSilently()
    assert.equal(await state(), 'delivered')
    assert.notInclude((await leader.get(path)).text, 'まだ受け取られていません')
    await db.from('batches').update({ fetched_at: monthAgo })
    await client.get(`${path}/file`)
    await acceptSilently()
    assert.equal(await state(), 'accepted')
    assert.include((await client.get(path)).text, 'お返事がないまま')
  })

  test('is planned otherwise, and its open work with it', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader)
    const operator = await Visitor.loggedIn('operator1')
    await accept(operator, path)
    const { leader_id: id } = await db.from('batches').firstOrFail()
    const plan = { title: '急ぎの分', due_on: '2099-02-03', leader_id: id, first: '1' }
    for (const [wrong, says] of [
      [{ due_on: '2000-01-01' }, '期限'],
      [{ title: '急ぎ😀' }, '😀'],
      [{ leader_id: (await person('operator1')).id }, ''],
    ] as const) {
      const refused = await leader.post(`${path}/plan`, { ...plan, ...wrong })
      assert.equal(refused.status, 422)
      assert.include(refused.text, says)
    }
    assert.equal((await db.from('batches').firstOrFail()).title, '11月分')
    await leader.post(`${path}/plan`, plan)
    await drainFlow()
    assert.include((await leader.get(path)).text, '急ぎの分')
    const tasks = await db.from('tasks').select('due_on', 'priority')
    assert.lengthOf(tasks, 2)
    for (const task of tasks) assert.deepEqual(task, { due_on: '2099-02-03', priority: 1 })
    const { detail } = await db.from('events').where('verb', 'batch.planned').firstOrFail()
    assert.include(detail, { was_due: '2099-01-05', due: '2099-02-03', priority: 1 })
    // What is over stays as it is.
    await leader.post(`${path}/decision`, { decision: 'cancel' })
    await drainFlow()
    await leader.post(`${path}/plan`, { ...plan, title: 'あと' })
    assert.equal((await db.from('batches').firstOrFail()).title, '急ぎの分')
  })

  test('canceled is offered to nobody, and takes no answer', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader)
    const operator = await Visitor.loggedIn('operator1')
    const pack = await acceptPack(operator, path)
    const piece = await nextOf(operator, pack)
    await leader.post(`${path}/decision`, { decision: 'cancel' })
    await drainFlow()
    assert.equal(await stateOf(path), 'canceled')
    assert.equal(await answer(operator, piece, RIGHT), '/work')
    // What was begun is paid; the answer that comes too late isn't one.
    const page = (await operator.get(pack)).text
    assert.include(page, '取りやめになりました')
    assert.include(page, '1 / 2')
    assert.lengthOf(await db.from('piece_answers'), 1)
    assert.notInclude((await leader.get(`${path}/pieces/1`)).text, RIGHT.f1)
  })

  test('loses its contents when their time is over, and keeps who did how much', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: ONE_ROW })
    const operator = await Visitor.loggedIn('operator1')
    await answer(operator, await accept(operator, path), RIGHT)
    await leader.post(`${path}/decision`, { decision: 'deliver' })
    const client = await Visitor.loggedIn('kenko')
    await client.post(`${path}/acceptance`, { decision: 'accept' })
    await removeOldBatches()
    assert.equal((await client.get(`${path}/file`)).status, 200)
    const { id } = await Batch.firstOrFail()
    const kind = await db.from('work_kinds').firstOrFail()
    await db
      .from('batches')
      .where('id', id)
      .update({ decided_at: db.raw(`now() - interval '91 days'`) })
    // What was never begun goes as well, with its file.
    const begun = await givenBatchOf(leader, String(kind.id))
    await db
      .from('batches')
      .where('state', 'preparing')
      .update({ created_at: db.raw(`now() - interval '91 days'`) })
    await handIn(leader, begun, '会社,会社\r\n青嶺,1\r\n')
    await removeOldBatches()
    assert.equal(await stateOf(begun), 'preparing')
    await db
      .from('batches')
      .where('state', 'preparing')
      .update({ touched_at: db.raw(`now() - interval '91 days'`) })
    await removeOldBatches()
    await drainFlow()
    assert.equal(await stateOf(begun), 'canceled')
    await db
      .from('batches')
      .where('state', 'canceled')
      .update({ decided_at: db.raw(`now() - interval '91 days'`) })
    await removeOldBatches()
    assert.lengthOf(await db.from('batches').whereNull('contents_removed_at'), 0)
    const keys = await db.from('data_keys').whereIn('purpose', ['batch', 'piece'])
    assert.isTrue(keys.every((key) => key.wrapped === null))
    assert.equal((await client.get(`${path}/file`)).status, 404)
    assert.equal((await leader.get(`${path}/pieces/1`)).status, 404)
    const page = (await leader.get(path)).text
    assert.include(page, '保存期間がすぎた')
    assert.include(page, '1 / 1')
    const [{ given, user_id: by }] = await db.from('piece_answers').select('given', 'user_id')
    assert.isNull(given)
    assert.isNotNull(by)
  })
})
