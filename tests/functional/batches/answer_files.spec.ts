import db from '@adonisjs/lucid/services/db'
import { unzipSync } from 'fflate'
import { test } from '@japa/runner'
import { batchDays, removeOldBatches } from '#app/batches/remove_old_batches'
import { MAX_SCAN_BYTES } from '#app/reading/limits'
import { transition } from '#app/core/transition'
import { accept, answer, givenBatch, nextOf, rows } from '#tests/support/given_batch'
import { person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const JSON_WANTED = { accept: 'application/json' }
const VALUES = { f1: '青嶺太郎', f2: '' }

/** Somebody attaches a file to the piece at an address. */
async function attach(operator: Visitor, at: string, name: string, content: string | Buffer) {
  const form = new FormData()
  form.append('files[]', new Blob([new Uint8Array(Buffer.from(content))]), name)
  const { status, text } = await operator.post(`${at}/files`, form, JSON_WANTED)
  return { status, text }
}

async function zipOf(visitor: Visitor, batch: string): Promise<Record<string, string>> {
  const { body, status } = await visitor.get(`${batch}/files`)
  if (status !== 200) throw new Error(`No archive: ${status}`)
  return Object.fromEntries(
    Object.entries(unzipSync(body)).map(([name, bytes]) => [name, Buffer.from(bytes).toString()])
  )
}

test.group('An answer that has files', (group) => {
  group.each.setup(reset)

  async function begun(count = 2) {
    const leader = await Visitor.loggedIn('leader')
    const batch = await givenBatch(leader, { table: rows(count), kind: { files: '1' } })
    const operator = await Visitor.loggedIn('operator1')
    return { leader, batch, operator, at: await accept(operator, batch) }
  }

  test('is asked for them, keeps them, and is delivered with them', async ({ assert }) => {
    const { leader, batch, operator, at } = await begun()
    const without = await operator.post(`${at}/result`, { 'values[f1]': '青嶺太郎' })
    assert.equal(without.status, 422)
    assert.include(without.text, '作ったファイルを付けてから')
    assert.include(without.text, 'value="青嶺太郎"')
    assert.equal((await attach(operator, at, 'C:\\写真\\看板.png', '絵')).status, 200)
    await attach(operator, at, '看板.png', '絵の二')
    await attach(operator, at, '../../まちがい.txt', 'x')
    const page = (await operator.get(at)).text
    assert.include(page, '<strong>看板.png</strong>')
    const [mistaken]: { id: string }[] = await db
      .from('answer_files')
      .orderBy('created_at', 'desc')
      .limit(1)
    assert.include(page, `/files/${mistaken.id}/removal`)
    await operator.post(`${at}/files/${mistaken.id}/removal`)
    assert.notInclude((await operator.get(at)).text, 'まちがい.txt')
    const pack = await answer(operator, at, VALUES)
    const second = pack.includes('assignments') ? pack : await nextOf(operator, pack)
    assert.notInclude((await operator.get(second)).text, '看板.png')
    await attach(operator, second, '録音', '音')
    await answer(operator, second, VALUES)
    const made = { '0001_看板.png': '絵', '0001_看板 (2).png': '絵の二', '0002_録音': '音' }
    assert.deepEqual(await zipOf(leader, batch), made)
    const client = await Visitor.loggedIn('kenko')
    assert.equal((await client.get(`${batch}/files`)).status, 404)
    await leader.post(`${batch}/decision`, { decision: 'deliver' })
    assert.deepEqual(await zipOf(client, batch), made)
    assert.include((await client.get(batch)).text, `${batch}/files`)
    const table = (await client.get(`${batch}/file`)).text
    assert.include(table, '0001_看板.png; 0001_看板 (2).png')
    const shown = (await leader.get(`${batch}/pieces/1`)).text
    const link = /href="([^"]*\/pieces\/1\/files\/[^"]*)"/.exec(shown)![1]
    const one = await leader.get(link)
    assert.equal(one.body.toString(), '絵')
    assert.include(one.headers.get('content-disposition'), 'attachment')
    const stranger = await Visitor.loggedIn('kotsu')
    for (const path of [`${batch}/files`, link])
      assert.equal((await stranger.get(path)).status, 404)
    assert.equal((await client.get(link)).status, 404)
  })

  test('goes with what was made again, and keeps what was before', async ({ assert }) => {
    const { leader, batch, operator, at } = await begun(1)
    await attach(operator, at, '一.txt', '一')
    await answer(operator, at, VALUES)
    const [kept] = await db.from('answer_files')
    await operator.post(`${at}/files/${kept.id}/removal`)
    assert.lengthOf(await db.from('answer_files'), 1)
    await leader.post(`${batch}/pieces/1/again`, { why: '暗い' })
    const again = await accept(operator, batch)
    // What was handed in stays, whoever holds the piece again.
    await operator.post(`${again}/files/${kept.id}/removal`)
    assert.lengthOf(await db.from('answer_files'), 1)
    const missing = await operator.post(`${again}/result`, { 'values[f1]': '青嶺太郎' })
    assert.equal(missing.status, 422)
    await attach(operator, again, '二.txt', '二')
    await answer(operator, again, VALUES)
    assert.deepEqual(await zipOf(leader, batch), { '0001_二.txt': '二' })
    assert.include((await leader.get(`${batch}/pieces/1`)).text, '一.txt')
  })

  test('refuses what can’t be, and says why', async ({ assert }) => {
    const { leader, operator, at } = await begun(1)
    assert.include((await attach(operator, at, 'a.txt', '')).text, '中身がありません')
    const large = await attach(operator, at, 'a.bin', Buffer.alloc(MAX_SCAN_BYTES + 1))
    assert.equal(large.status, 422)
    assert.include(large.text, '50 MB')
    for (let count = 0; count < 20; count++) await attach(operator, at, `${count}.txt`, 'x')
    assert.include((await attach(operator, at, 'z.txt', 'x')).text, '20個まで')
    assert.lengthOf(await db.from('answer_files'), 20)
    const other = await Visitor.loggedIn('operator2')
    assert.equal((await attach(other, at, 'a.txt', 'x')).status, 404)
    const checked = await leader.post('/work-kinds', {
      'name': '写真',
      'instructions': '撮ります。',
      'material': 'row',
      'unit': 'piece',
      'price': '1',
      'minutes': '1',
      'check': '10',
      'files': '1',
      'fields[0][label]': '題',
      'fields[0][kind]': 'text',
    })
    assert.equal(checked.status, 422)
    assert.include(checked.text, '割合を0にしてください')
    // Work that asks for none takes none.
    await db.from('assignments').update({ ended_at: db.raw('now()'), ended_reason: 'given_back' })
    const plain = await givenBatch(leader, { table: rows(1), kind: { name: '名刺' } })
    const next = await accept(other, plain)
    assert.include((await attach(other, next, 'a.txt', 'x')).text, 'ファイルは付けません')
  }).timeout(60_000)

  test('is gone with the batch, when its time is over', async ({ assert }) => {
    const { leader, batch, operator, at } = await begun(1)
    await attach(operator, at, '一.txt', '一')
    await answer(operator, at, VALUES)
    const { file } = await db.from('answer_files').firstOrFail()
    await leader.post(`${batch}/decision`, { decision: 'deliver' })
    await (await Visitor.loggedIn('kenko')).post(`${batch}/acceptance`, { decision: 'accept' })
    const admin = await person('admin')
    await transition((t) => batchDays.take(t, '1', admin))
    await db.from('batches').update({ decided_at: db.raw(`now() - interval '3 days'`) })
    await removeOldBatches()
    assert.lengthOf(await db.from('answer_files'), 0)
    const doomed = await db.from('doomed_files').where('path', file)
    assert.lengthOf(doomed, 1)
    assert.equal((await leader.get(`${batch}/files`)).status, 404)
  })
})
