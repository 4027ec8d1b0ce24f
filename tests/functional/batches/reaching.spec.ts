import db from '@adonisjs/lucid/services/db'
import { unzipSync } from 'fflate'
import { test } from '@japa/runner'
import { keepStop } from '#app/registry/keep_stop'
import {
  accept,
  answer,
  givenBatch,
  givenBatchOf,
  givenKind,
  handIn,
} from '#tests/support/given_batch'
import { person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const TABLE = [
  '券番号,フリガナ,生年月日',
  '1000000008,アオミネ タロウ,昭和15年1月2日',
  ',カタセ ハナコ,昭和20年3月4日',
  ',キリュウ イチロウ,昭和21年5月6日',
].join('\r\n')

/** The health department sends nothing to somebody any more. */
async function stop(
  who: Record<string, string>,
  kind: 'wish' | 'protection' = 'wish'
): Promise<void> {
  const client = await person('kenko')
  const kept = await keepStop(client, {
    clientId: client.organizationId,
    kind,
    person: who,
    until: null,
    mayCall: true,
  })
  if (!kept.ok) throw new Error(kept.reason)
}

const HANAKO = { kana: 'カタセ ハナコ', birthDate: '1945-03-04' }
const TARO = { number: '1000000008' }

/** Whether a table's own address is the right one, the client says: somebody else gets the mail. */
async function mailGoesTo(address: string, who: Record<string, string>): Promise<void> {
  const client = await person('kenko')
  await keepStop(client, {
    clientId: client.organizationId,
    kind: 'guardian',
    person: { ...who, sendTo: address, sendToName: '後見 次郎', sendToPostcode: '3999101' },
    until: null,
    mayCall: false,
  })
}

/** Work on the phone, with what its answers mean. */
const CALLS = {
  'reaches': '1',
  'by_phone': '1',
  'call_again': '留守',
  'call_never': 'もう電話しないで',
  'fields[0][label]': 'どうなったか',
  'fields[0][kind]': 'choice',
  'fields[0][options]': '伝えた\n留守\nもう電話しないで',
  'fields[1][label]': '',
}

test.group('A batch that reaches people', (group) => {
  group.each.setup(reset)

  test('leaves out to whom nothing is sent, however it is known, and says so', async ({
    assert,
  }) => {
    await stop(TARO)
    await stop(HANAKO)
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: TABLE, kind: { reaches: '1' } })
    const page = (await leader.get(path)).text
    assert.include(page, '2 / 3')
    const { text } = await leader.get(`${path}/file`)
    assert.lengthOf(text.match(/送らない・連絡しない方です/g) ?? [], 2)
    // Where nobody is reached, nobody is asked.
    const other = await givenBatch(leader, { table: TABLE, kind: { name: '入力だけ' } })
    assert.include((await leader.get(other)).text, '0 / 3')
  })

  test('has a leader look at who could be meant', async ({ assert }) => {
    await stop({ ...HANAKO, phone: '0263001111' })
    const leader = await Visitor.loggedIn('leader')
    const table = 'フリガナ,電話\r\nカタセ ハナコ,0263-00-1111\r\n'
    const path = await givenBatch(leader, { table, kind: { reaches: '1' } })
    // It isn't finished before somebody has looked.
    await leader.post(`${path}/decision`, { decision: 'deliver' })
    assert.equal((await db.from('batches').firstOrFail()).state, 'open')
    const { location } = await leader.post('/work/assignments', { kind: 'piece_decide' })
    // It is somebody else: the leader has it done.
    await leader.post(`${location}/result`, { instead: 'again', why: '別の方でした' })
    const operator = await Visitor.loggedIn('operator1')
    assert.include((await operator.get(await accept(operator, path))).text, 'name="values[f1]"')
  })

  test('has a leader look at who can’t be asked about', async ({ assert }) => {
    await stop(TARO)
    const leader = await Visitor.loggedIn('leader')
    const table = '券番号,フリガナ,生年月日,枚数\r\n,,,2\r\n'
    const path = await givenBatch(leader, { table, kind: { reaches: '1' } })
    assert.equal((await db.from('pieces').firstOrFail()).state, 'disputed')
    const { location } = await leader.post('/work/assignments', { kind: 'piece_decide' })
    assert.include((await leader.get(location!)).text, 'だれのことか、たしかめられません')
    // Where nobody is reached, it is work like any other.
    await givenBatch(leader, { table, kind: { name: '入力だけ' } })
    assert.lengthOf(await db.from('pieces').where('state', 'open'), 1)
    assert.include((await leader.get(path)).text, '0 / 1')
  })

  test('leaves out whose mail goes elsewhere than the table says', async ({ assert }) => {
    await mailGoesTo('長野県青嶺市西9-9', HANAKO)
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: TABLE, kind: { reaches: '1' } })
    assert.include((await leader.get(path)).text, '送付先が別にある方です')
  })

  test('asks once more when a piece is shown', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: TABLE, kind: { reaches: '1' } })
    await stop(TARO)
    const operator = await Visitor.loggedIn('operator1')
    const piece = await accept(operator, path)
    const { text } = await operator.get(piece)
    assert.include(text, 'いま送ったり連絡したりしないでください')
    assert.notInclude(text, 'アオミネ')
    // What was typed all the same is not lost: a leader looks at it.
    await operator.post(`${piece}/result`, { 'values[f1]': '3通' })
    const { location } = await leader.post('/work/assignments', { kind: 'piece_decide' })
    const decision = (await leader.get(location!)).text
    assert.include(decision, '送らない・連絡しない方です')
    assert.include(decision, '3通')
  })

  test('leaves protected people alone, whatever it is about, and tells nothing of them', async ({
    assert,
  }) => {
    await stop(TARO, 'protection')
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: TABLE })
    assert.include((await leader.get(path)).text, '1 / 3')
    assert.equal((await leader.get(`${path}/pieces/1`)).status, 404)
    assert.include((await leader.get(`${path}/pieces/2`)).text, 'カタセ')
    const { text } = await leader.get(`${path}/file`)
    assert.notInclude(text, 'アオミネ')
    assert.include(text, '別に扱う方です')
    // Whoever becomes protected later is hidden as well.
    await stop(HANAKO, 'protection')
    const operator = await Visitor.loggedIn('operator1')
    const piece = await accept(operator, path)
    assert.notInclude((await operator.get(piece)).text, 'カタセ')
    assert.notInclude((await leader.get(`${path}/file`)).text, 'カタセ')
    // A leader who decides about it isn't shown it either, nor has it done again.
    await operator.post(`${piece}/result`, { unable: '1', cannot: '読めません' })
    const { location } = await leader.post('/work/assignments', { kind: 'piece_decide' })
    assert.notInclude((await leader.get(location!)).text, 'カタセ')
    assert.equal((await leader.post(`${path}/pieces/1/again`, { why: '見たい' })).status, 404)
  })

  test('hands the files of who became protected to named staff alone', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: TABLE, kind: { files: '1' } })
    const operator = await Visitor.loggedIn('operator1')
    let at = await accept(operator, path)
    for (const text of ['太郎', '花子', '一郎']) {
      const form = new FormData()
      form.append('files[]', new Blob([text]), `${text}.txt`)
      await operator.post(`${at}/files`, form, { accept: 'application/json' })
      const next = await answer(operator, at, { f1: text, f2: '' })
      at = next.includes('assignments') ? next : at
    }
    const links: { id: string; number: number }[] = await db
      .from('answer_files as f')
      .join('pieces as p', 'p.id', 'f.piece_id')
      .orderBy('p.number')
      .select('f.id', 'p.number')
    const statuses = () =>
      Promise.all(
        links.map(async ({ id, number }) => {
          const { status } = await leader.get(`${path}/pieces/${number}/files/${id}`)
          return status
        })
      )
    const names = async () => Object.keys(unzipSync((await leader.get(`${path}/files`)).body))
    assert.deepEqual(await statuses(), [200, 200, 200])
    await stop(HANAKO, 'protection')
    assert.deepEqual(await statuses(), [200, 404, 200])
    assert.deepEqual(await names(), ['0001_太郎.txt', '0003_一郎.txt'])
    assert.notInclude((await leader.get(`${path}/file`)).text, '花子')
  })

  test('leaves alone who could be protected', async ({ assert }) => {
    await stop({ ...HANAKO, phone: '0263001111' }, 'protection')
    const leader = await Visitor.loggedIn('leader')
    const table = 'フリガナ,電話\r\nカタセ ハナコ,0263-00-1111\r\n'
    const path = await givenBatch(leader, { table })
    assert.include((await leader.get(`${path}/file`)).text, '別に扱う方です')
    assert.equal((await leader.get(`${path}/pieces/1`)).status, 404)
  })

  test('calls again who wasn’t reached, and never who wants no calls', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    // What it means must be among the options, and nobody is called twice to check.
    const wrongs: Record<string, string>[] = [
      { call_again: 'いない' },
      { call_never: '留守' },
      // No answer to another question may mean it.
      {
        'fields[1][label]': '次も',
        'fields[1][kind]': 'choice',
        'fields[1][options]': '留守\nほか',
      },
      { check: '10' },
    ]
    for (const wrong of wrongs)
      await assert.rejects(() => givenKind(leader, { ...CALLS, ...wrong }))
    const table = '氏名,電話\r\n片瀬 花子,0263-00-1111\r\n桐生 一郎,0263-00-2222\r\n'
    const path = await givenBatch(leader, { table, kind: CALLS })
    const operator = await Visitor.loggedIn('operator1')
    const second = await answer(operator, await accept(operator, path), { f1: '留守' })
    await answer(operator, second, { f1: 'もう電話しないで' })
    const first = () => db.from('pieces').where('number', 1).select('round', 'state').firstOrFail()
    assert.deepEqual(await first(), { round: 2, state: 'open' })
    // Not before some hours are over.
    const offers = `/work/offers/${path.split('/').at(-1)!}`
    assert.equal((await operator.get(offers)).status, 404)
    for (const state of ['open', 'finished']) {
      await db.from('tasks').update({ available_at: db.raw('now()') })
      await answer(operator, await accept(operator, path), { f1: '留守' })
      assert.deepEqual(await first(), { round: 3, state })
    }
    assert.lengthOf(await db.from('piece_answers'), 4)
    // From now on the number is called by nobody, whatever the table; who is only written to, is.
    const later = await givenBatch(leader, { table, kind: { ...CALLS, name: 'また電話' } })
    assert.include((await leader.get(`${later}/file`)).text, '送らない・連絡しない方です')
    assert.include((await leader.get(later)).text, '1 / 2')
    const kenko = await Visitor.loggedIn('kenko')
    await kenko.post('/stops/numbers', { phone: '0263002222', may: 'yes' })
    const again = await givenBatch(leader, { table, kind: { ...CALLS, name: '三度目' } })
    assert.include((await leader.get(again)).text, '0 / 2')
  })

  test('is called three times, however often a leader has it begun anew', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const table = '氏名,電話\r\n片瀬 花子,0263-00-1111\r\n'
    const path = await givenBatch(leader, { table, kind: CALLS })
    const operator = await Visitor.loggedIn('operator1')
    const first = await accept(operator, path)
    await operator.post(`${first}/result`, { unable: '1', cannot: '番号がちがう' })
    const { location: at } = await leader.post('/work/assignments', { kind: 'piece_decide' })
    await leader.post(`${at}/result`, { instead: 'again', why: 'もう一度' })
    for (const state of ['open', 'open', 'finished']) {
      await db.from('tasks').update({ available_at: db.raw('now()') })
      await answer(operator, await accept(operator, path), { f1: '留守' })
      assert.equal((await db.from('pieces').firstOrFail()).state, state)
    }
  })

  test('isn’t called any more by their word, also where nothing goes to them since', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const table = 'フリガナ,生年月日,電話\r\nカタセ ハナコ,昭和20年3月4日,0263-00-1111\r\n'
    const path = await givenBatch(leader, { table, kind: CALLS })
    const operator = await Visitor.loggedIn('operator1')
    const piece = await accept(operator, path)
    await stop(HANAKO)
    await operator.post(`${piece}/result`, { 'values[f1]': 'もう電話しないで' })
    assert.equal((await db.from('pieces').firstOrFail()).state, 'disputed')
    assert.lengthOf(await db.from('refused_numbers'), 1)
  })

  test('isn’t called any more where a leader writes it down', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const table = '氏名,電話\r\n片瀬 花子,0263-00-1111\r\n'
    const path = await givenBatch(leader, { table, kind: CALLS })
    const operator = await Visitor.loggedIn('operator1')
    const piece = await accept(operator, path)
    await operator.post(`${piece}/result`, { unable: '1', cannot: '途中で切れました' })
    const { location } = await leader.post('/work/assignments', { kind: 'piece_decide' })
    await leader.post(`${location}/result`, { 'values[f1]': 'もう電話しないで' })
    assert.equal((await db.from('pieces').firstOrFail()).state, 'finished')
    assert.lengthOf(await db.from('refused_numbers'), 1)
  })

  test('isn’t called without a column of phone numbers', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const kind = await givenKind(leader, { reaches: '1', by_phone: '1' })
    const path = await givenBatchOf(leader, kind)
    await handIn(leader, path, TABLE)
    assert.include((await leader.get(path)).text, '送ってよい人かを確かめられません')
  })

  test('isn’t taken without a column that tells who they are', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatchOf(leader, await givenKind(leader, { reaches: '1' }))
    await handIn(leader, path, '住所,枚数\r\n青嶺市中央1,2\r\n')
    assert.include((await leader.get(path)).text, '送ってよい人かを確かめられません')
  })
})
