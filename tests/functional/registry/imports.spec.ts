import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { drainFlow } from '#app/flow/sweeper'
import { compareRegister } from '#app/registry/compare_register'
import { receiveRegister } from '#app/registry/receive_register'
import { decideOnRegister } from '#app/registry/decide_on_register'
import { takeRegister } from '#app/registry/take_register'
import { voucherNumber } from '#app/samples/people'
import { Random } from '#app/core/random'
import { newId } from '#app/core/ids'
import { failingAfter } from '#tests/support/failing_after'
import { registeredByNumber } from '#app/registry/find_registered'
import { rotateRegister } from '#app/registry/rotate_register'
import { demoRegister } from '#app/samples/demo_register'
import { person, vaccination } from '#tests/support/given'
import { givenBooked, givenRegister, miscounts } from '#tests/support/given_live'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** Uploads a register file as the client's clerk does; where its page is. */
async function upload(client: Visitor, content: Buffer | string, mode: 'full' | 'changes') {
  const { service } = await vaccination()
  const form = new FormData()
  form.set('service_id', service.id)
  form.set('mode', mode)
  form.append('file', new Blob([new Uint8Array(Buffer.from(content))]), 'register.csv')
  const answer = await client.post('/register', form)
  await drainFlow()
  return answer.location!
}

const HEAD = '接種券番号,カナ氏名,氏名,生年月日,郵便番号,住所,電話番号,異動'
const YAMADA = '1234567897,ヤマダ ハルエ,山田 はるゑ,S190503,3999903,青嶺市本町9番9号,0263001234'

test.group('Register imports', (group) => {
  group.each.setup(reset)

  test('show what they would change, and change nothing before it is taken', async ({ assert }) => {
    await givenRegister()
    const { service } = await vaccination()
    const client = await Visitor.loggedIn('kenko')
    const at = await upload(client, demoRegister().changes, 'changes')
    const page = await client.get(at)
    assert.include(page.text, 'CP932')
    for (const kind of ['新しい方', '変わった方', '亡くなった方', '転出した方'])
      assert.include(page.text, kind)
    const changed = await client.get(`${at}?kind=changed`)
    assert.include(changed.text, '青嶺市本町2丁目8番1号')
    assert.isNull(await registeredByNumber(service.id, '1000000008'))
    await client.post(`${at}/taking`)
    await drainFlow()
    assert.equal((await registeredByNumber(service.id, '1000000008'))?.name, '青嶺 花')
    const states = await db.from('register_people').groupBy('state').select('state').count('* as n')
    assert.deepEqual(Object.fromEntries(states.map((row) => [row.state, Number(row.n)])), {
      eligible: 59,
      died: 1,
      moved: 1,
    })
    // A second look at the same file: nothing is left to change.
    const again = await client.get(await upload(client, demoRegister().changes, 'changes'))
    assert.include(again.text, 'ちがいはありません')
    assert.equal((await client.post(`${at}/taking`)).location, at)
  })

  test('are refused in plain words when columns are shifted', async ({ assert }) => {
    await givenRegister()
    const client = await Visitor.loggedIn('kenko')
    const before = await db.from('register_people').select('id', 'fingerprint').orderBy('id')
    const shifted = [HEAD, ...Array.from({ length: 5 }, () => `,${YAMADA}`)].join('\r\n')
    const page = await client.get(await upload(client, shifted, 'changes'))
    assert.include(page.text, '列がずれています')
    assert.include(page.text, '登録は何も変わっていません')
    const missing = await client.get(await upload(client, 'a,b\r\n1,2', 'full'))
    assert.include(missing.text, '見出しが足りません')
    assert.deepEqual(
      await db.from('register_people').select('id', 'fingerprint').orderBy('id'),
      before
    )
  })

  test('of everybody don’t lose who stands in a row that can’t be taken', async ({ assert }) => {
    await givenRegister()
    const client = await Visitor.loggedIn('kenko')
    const lines = demoRegister().full.toString('utf8').split('\r\n')
    const faulty = lines.map((line) =>
      line.includes('1234567897') ? line.replace(/"399\d{4}"/, '"39"') : line
    )
    const page = await client.get(await upload(client, faulty.join('\r\n'), 'full'))
    assert.include(page.text, '読めない行')
    assert.notInclude(page.text, 'ファイルにない方')
  })

  test('warn when a file of everybody lacks many', async ({ assert }) => {
    await givenRegister()
    const client = await Visitor.loggedIn('kenko')
    const at = await upload(client, `${HEAD}\r\n${YAMADA},`, 'full')
    const page = await client.get(at)
    assert.include(page.text, 'このファイルにありません')
    await client.post(`${at}/dropping`)
    assert.equal(
      (await db.from('register_people').where('state', 'eligible').count('* as n').firstOrFail()).n,
      '60'
    )
  })

  test('of somebody who died give their place back and stop their letter', async ({ assert }) => {
    await givenRegister()
    const { submission } = await givenBooked({}, { channel: 'phone' })
    assert.equal((await db.from('replies').firstOrFail()).state, 'ready')
    const client = await Visitor.loggedIn('kenko')
    const at = await upload(client, `${HEAD}\r\n${YAMADA},死亡`, 'changes')
    await client.post(`${at}/taking`)
    await drainFlow()
    assert.lengthOf(await db.from('bookings').where('state', 'booked'), 0)
    assert.deepInclude(await db.from('replies').firstOrFail(), {
      state: 'stopped',
      stopped_for: 'deceased',
    })
    assert.equal((await submission.refresh()).state, 'closed')
    assert.deepEqual(await miscounts(), [])
  })

  test('leave everybody findable when the sealing key is rotated', async ({ assert }) => {
    await givenRegister()
    const { service } = await vaccination()
    const before = await db.from('register_tokens').count('* as n').firstOrFail()
    assert.equal(await rotateRegister(), 60)
    assert.deepEqual(await db.from('register_tokens').count('* as n').firstOrFail(), before)
    assert.equal((await registeredByNumber(service.id, '1234567897'))?.name, '山田 はるゑ')
  })

  test('are compared again when another file was taken since', async ({ assert }) => {
    await givenRegister()
    const client = await Visitor.loggedIn('kenko')
    const first = await upload(client, `${HEAD}\r\n${YAMADA},`, 'changes')
    const second = await upload(
      client,
      `${HEAD}\r\n${YAMADA.replace('9番9号', '1番1号')},`,
      'changes'
    )
    await client.post(`${second}/taking`)
    await drainFlow()
    await client.post(`${first}/taking`)
    await drainFlow()
    const { service } = await vaccination()
    assert.equal((await registeredByNumber(service.id, '1234567897'))?.address, '青嶺市本町1番1号')
    const page = await client.get(first)
    assert.include(page.text, '確認待ち')
    assert.include(page.text, '1番1号')
    await client.post(`${first}/taking`)
    await drainFlow()
    assert.equal((await registeredByNumber(service.id, '1234567897'))?.address, '青嶺市本町9番9号')
  })

  test('of many people are compared and taken a part at a time, and go on', async ({ assert }) => {
    await givenRegister()
    const { service } = await vaccination()
    const random = new Random(3)
    const lines = Array.from(
      { length: 700 },
      () => `${voucherNumber(random)},アオ ハナ,青 花,S210401,3999905,西町1,,`
    )
    const kenko = await person('kenko')
    const received = await receiveRegister(kenko, service, {
      name: 'register.csv',
      content: Buffer.from([HEAD, ...lines, `${YAMADA},`].join('\r\n')),
      mode: 'full',
    })
    const failing = async (work: () => Promise<unknown>) => {
      const mend = await failingAfter('register_imports', 500)
      try {
        await assert.rejects(work, /the part after row 500 fails/)
      } finally {
        await mend()
      }
    }
    await failing(() => compareRegister(received.id))
    await drainFlow()
    const { counts } = (await received.refresh()).detail
    assert.deepEqual(counts, { same: 0, unknown: 0, added: 700, changed: 1, missing: 59 })
    assert.lengthOf(await db.from('register_changes').where('import_id', received.id), 760)
    assert.lengthOf(await db.from('register_seen'), 0)

    await decideOnRegister(kenko, received.id, true)
    await failing(() => takeRegister(received.id))
    const eligible = () => db.from('register_people').where('state', 'eligible')
    assert.lengthOf(await db.from('register_people'), 560)
    const client = await Visitor.loggedIn('kenko')
    assert.include((await client.get(`/register/${received.id}`)).text, '500 / 760 行')
    await drainFlow()
    assert.equal((await received.refresh()).state, 'taken')
    assert.lengthOf(await eligible(), 701)
    assert.equal((await registeredByNumber(service.id, '1234567897'))?.address, '青嶺市本町9番9号')
  })

  test('that are compared while another is being taken are compared again', async ({ assert }) => {
    await givenRegister()
    const { service } = await vaccination()
    const kenko = await person('kenko')
    const receive = (line: string) =>
      receiveRegister(kenko, service, {
        name: 'register.csv',
        content: Buffer.from(`${HEAD}\r\n${line},`),
        mode: 'changes',
      })
    const first = await receive(YAMADA)
    await compareRegister(first.id)
    await decideOnRegister(kenko, first.id, true)
    const second = await receive(YAMADA.replace('9番9号', '1番1号'))
    await compareRegister(second.id)
    assert.equal(await decideOnRegister(kenko, second.id, true), 'wait')
    assert.equal((await second.refresh()).state, 'compared')
    await takeRegister(first.id)
    assert.equal(await decideOnRegister(kenko, second.id, true), 'overtaken')
  })

  test('that stop again and again in the middle are given up, and others can be taken', async ({
    assert,
  }) => {
    await givenRegister()
    const { service } = await vaccination()
    const kenko = await person('kenko')
    const receive = () =>
      receiveRegister(kenko, service, {
        name: 'register.csv',
        content: Buffer.from(`${HEAD}\r\n${YAMADA},`),
        mode: 'changes',
      })
    const [stuck, next] = [await receive(), await receive()]
    await drainFlow()
    await decideOnRegister(kenko, stuck.id, true)
    await stuck.refresh()
    await stuck.merge({ attempts: 5, detail: { ...stuck.detail, after: newId() } }).save()
    await drainFlow()
    assert.deepInclude((await stuck.refresh()).$attributes, {
      state: 'refused',
      reason: 'given_up',
    })
    const key = await db.from('data_keys').where('id', stuck.dataKeyId).firstOrFail()
    assert.isNotNull(key.destroy_on)
    const client = await Visitor.loggedIn('kenko')
    assert.include(
      (await client.get(`/register/${stuck.id}`)).text,
      '一部は、もう登録に入っています'
    )
    assert.equal(await decideOnRegister(kenko, next.id, true), 'done')
  })

  test('that come to nothing go like those that are taken', async ({ assert }) => {
    const { service } = await vaccination()
    const kenko = await person('kenko')
    const receive = (text: string) =>
      receiveRegister(kenko, service, {
        name: 'register.csv',
        content: Buffer.from(text),
        mode: 'changes',
      })
    const refused = await receive('これは,登録では,ありません')
    const dropped = await receive(`${HEAD}\r\n${YAMADA},`)
    await drainFlow()
    await decideOnRegister(kenko, dropped.id, false)
    for (const [one, state] of [
      [refused, 'refused'],
      [dropped, 'dropped'],
    ] as const) {
      assert.equal((await one.refresh()).state, state)
      const key = await db.from('data_keys').where('id', one.dataKeyId).firstOrFail()
      assert.isNotNull(key.destroy_on, state)
    }
  })

  test('are the client’s own', async ({ assert }) => {
    await givenRegister()
    const row = await db.from('register_imports').firstOrFail()
    const other = await Visitor.loggedIn('kotsu')
    assert.equal((await other.get(`/register/${row.id}`)).status, 404)
    assert.notInclude((await other.get('/register')).text, 'register.csv')
    const desk = await Visitor.loggedIn('madoguchi')
    assert.equal((await desk.get('/register')).status, 404)
  })
})
