import { test } from '@japa/runner'
import Batch from '#app/batches/batch'
import { drainFlow } from '#app/flow/sweeper'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import {
  accept,
  answer,
  givenBatchOf,
  givenKind,
  handIn,
  nextOf,
  rows,
} from '#tests/support/given_batch'
import { newId } from '#app/core/ids'
import { person, vaccination } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** The health department commissions work without forms; the address of its order. */
async function givenOrder(client: Visitor): Promise<string> {
  await client.get('/orders/new')
  const { location } = await client.post('/orders', {
    title: '健診の名簿',
    service_id: '',
    direction: 'to_digital',
    due_on: addDays(today(), 20),
  })
  if (!location) throw new Error('The order was refused')
  return location
}

test.group('An order that is broken down into batches', (group) => {
  group.each.setup(reset)

  test('goes from a client’s wish to batches, delivery and its end', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    assert.include((await client.get('/orders/new')).text, '書式のない作業')
    const order = await givenOrder(client)
    const orderId = order.split('/').at(-1)!
    const first = (await client.get(order)).text
    assert.include(first, 'センターが作ると、ここに出ます')
    // Nothing of forms stands on it.
    for (const gone of ['name="files[]"', '読めたページ', 'action="/exports"'])
      assert.notInclude(first, gone)
    const leader = await Visitor.loggedIn('leader')
    assert.include((await leader.get(order)).text, `/batches/new?order=${orderId}`)
    const kind = await givenKind(leader)
    const form = (await leader.get(`/batches/new?order=${orderId}`)).text
    assert.include(form, '健診の名簿')
    assert.include(form, addDays(today(), 20))
    const batch = await givenBatchOf(leader, kind, { work_order_id: orderId, title: '前半' })
    const empty = await givenBatchOf(leader, kind, { work_order_id: orderId, title: '後半' })
    await handIn(leader, batch, rows(2))
    const operator = await Visitor.loggedIn('operator1')
    const at = await accept(operator, batch)
    const pack = await answer(operator, at, { f1: '青嶺太郎', f2: '' })
    const seen = (await client.get(order)).text
    for (const said of ['前半', '後半', '1 / 2', batch]) assert.include(seen, said)
    assert.notInclude(seen, '高橋')
    assert.include((await leader.get(order)).text, '<td>高橋 実</td>')
    assert.notInclude(seen, '/batches/new')
    assert.include((await client.get(batch)).text, `href="${order}"`)
    const list = (await client.get('/orders')).text
    assert.match(list, /1 \/ 2/)
    const close = () => client.post(`${order}/closing`, { sure: 'yes' })
    await close()
    assert.include((await client.get(order)).text, 'バッチがあります')
    await answer(operator, pack.includes('assignments') ? pack : await nextOf(operator, pack), {
      f1: '青嶺花子',
      f2: '',
    })
    await leader.post(`${batch}/decision`, { decision: 'deliver' })
    await leader.post(`${empty}/decision`, { decision: 'cancel' })
    await close()
    assert.include((await client.get(order)).text, 'バッチがあります')
    await client.post(`${batch}/acceptance`, { decision: 'accept' })
    await drainFlow()
    await close()
    assert.include((await client.get(order)).text, '完了を取り消す')
  })

  test('takes no batch once it is closed, nor one of another client', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const order = await givenOrder(client)
    const orderId = order.split('/').at(-1)!
    const leader = await Visitor.loggedIn('leader')
    const kind = await givenKind(leader)
    const other = await Visitor.loggedIn('kotsu')
    assert.equal((await other.get(order)).status, 404)
    const transport = (await person('kotsu')).organizationId
    const refused = async (more: Record<string, string>) => {
      const { status, text } = await leader.post('/batches', {
        work_kind_id: kind,
        client_id: (await person('kenko')).organizationId,
        leader_id: (await person('leader')).id,
        title: '前半',
        due_on: addDays(today(), 9),
        work_order_id: orderId,
        ...more,
      })
      assert.equal(status, 422)
      assert.include(text, 'その業務かチームは、もう閉じているか')
    }
    await refused({ client_id: transport })
    await refused({ work_order_id: newId() })
    await client.post(`${order}/closing`, { sure: 'yes' })
    await refused({})
    assert.notInclude((await leader.get(order)).text, '/batches/new')
  })

  test('forbids its batches what it forbids, and counts what was canceled no more', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const order = await givenOrder(client)
    const leader = await Visitor.loggedIn('leader')
    const more = { work_order_id: order.split('/').at(-1)!, home_work_agreed: '1' }
    const kind = await givenKind(leader)
    const form = (await leader.get(`/batches/new?order=${more.work_order_id}`)).text
    assert.include(form, '自宅で進めることに同意していません')
    // Nothing is asked that wouldn't count, nor whose the order is.
    for (const asked of ['name="home_work_agreed"', 'id="client"']) assert.notInclude(form, asked)
    const batch = await givenBatchOf(leader, kind, more)
    assert.isFalse((await Batch.findOrFail(batch.split('/').at(-1)!)).homeWorkAgreed)
    await handIn(leader, batch, rows(7))
    assert.include((await client.get('/orders')).text, '0 / 7')
    await leader.post(`${batch}/decision`, { decision: 'cancel' })
    await drainFlow()
    assert.include((await client.get('/orders')).text, '0 / 0')
  })

  test('takes no scans where it is of no service', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const order = await givenOrder(client)
    const form = new FormData()
    form.set('upload_key', newId())
    form.append('files[]', new Blob([new Uint8Array(Buffer.from('%PDF'))]), 'forms.pdf')
    assert.equal((await client.post(`${order}/scans`, form)).status, 404)
    const desk = await Visitor.loggedIn('madoguchi')
    assert.notInclude((await desk.get('/scans')).text, '健診の名簿')
    const { service } = await vaccination()
    const scan = new FormData()
    scan.set('upload_key', newId())
    scan.set('service_id', service.id)
    scan.set('work_order_id', order.split('/').at(-1)!)
    scan.append('files', new Blob([new Uint8Array(Buffer.from('%PDF'))]), 'forms.pdf')
    assert.equal((await desk.post('/scans', scan, { accept: 'application/json' })).status, 422)
  })
})
