import db from '@adonisjs/lucid/services/db'
import iconv from 'iconv-lite'
import { test } from '@japa/runner'
import { drainFlow } from '#app/flow/sweeper'
import { eraseSubmission } from '#app/submissions/erase_submission'
import { asPdf } from '#app/samples/make_sample'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { newId } from '#app/core/ids'
import {
  answers,
  givenKeyed,
  givenSubmission,
  keyAll,
  person,
  sample,
  take,
  vaccination,
} from '#tests/support/given'
import { givenBooked, miscounts } from '#tests/support/given_live'
import { reset } from '#tests/support/reset'
import { takenOut } from '#tests/support/taken_out'
import { Visitor } from '#tests/support/visitor'

/** The health department with an open work order. */
async function givenOrder(fields: Record<string, string> = {}) {
  const client = await Visitor.loggedIn('kenko')
  const { service } = await vaccination()
  const answer = await client.post('/orders', {
    title: '12月分の申込書',
    service_id: service.id,
    direction: 'to_digital',
    due_on: addDays(today(), 10),
    ...fields,
  })
  return { client, at: answer.location!, service, answer }
}

async function uploadInto(client: Visitor, at: string, content: Buffer) {
  const form = new FormData()
  form.set('upload_key', newId())
  form.append('files[]', new Blob([new Uint8Array(content)]), 'forms.pdf')
  return client.post(`${at}/scans`, form, { accept: 'application/json' })
}

async function givenLayout(client: Visitor, serviceId: string, encoding = 'cp932') {
  await client.post('/layouts', {
    'service_id': serviceId,
    'name': '健康管理システム',
    encoding,
    'columns[0][header]': '受付番号',
    'columns[0][source]': '@receipt',
    'columns[1][header]': '氏名',
    'columns[1][source]': 'name',
    'columns[2][header]': '生年月日',
    'columns[2][source]': 'birth_date',
    'columns[2][format]': 'era_digit',
    'columns[3][header]': '',
    'columns[3][source]': 'phone',
  })
  return (await db.from('export_layouts').orderBy('number', 'desc').firstOrFail()).id as string
}

test.group('Work orders', (group) => {
  group.each.setup(reset)

  test('go from scans to values in the client’s own columns, and are closed', async ({
    assert,
  }) => {
    const { client, at, service } = await givenOrder()
    const one = await sample(7)
    const taken = await uploadInto(client, at, await asPdf(one.pages))
    assert.equal(taken.status, 200)
    assert.isUndefined(JSON.parse(taken.text).files[0].url)
    await drainFlow()
    const page = await client.get(at)
    assert.include(page.text, '入力中')
    assert.equal((await client.post(`${at}/closing`, { sure: 'yes' })).location, at)
    assert.equal((await db.from('work_orders').firstOrFail()).state, 'open')
    const due = await db.from('tasks').where('kind', 'key').firstOrFail()
    assert.equal(due.due_on, addDays(today(), 10))
    await keyAll(answers({ name: '𠮷澤 淳' }))
    const layout = await givenLayout(client, service.id)
    const wishes = { service_id: service.id, order_id: at.split('/').at(-1)!, layout_id: layout }
    const { page: check, file } = await takenOut(client, wishes)
    assert.include(check.text, 'U+20BB7')
    const receipt = (await db.from('submissions').firstOrFail()).receipt as string
    assert.include(check.text, receipt)
    assert.equal(
      iconv.decode(file.body, 'cp932'),
      `"受付番号","氏名","生年月日"\r\n"${receipt}","〓澤 淳","3190503"\r\n`
    )
    // Of protected people, named staff get the values; others are told that rows are left out.
    await db.from('users').update({ sees_protected: false })
    await db.from('submissions').update({ protected: true })
    const without = await takenOut(client, wishes)
    assert.notInclude(iconv.decode(without.file.body, 'cp932'), receipt)
    assert.include(without.page.text, '支援措置の方の1件')
    const state = async () => (await db.from('work_orders').firstOrFail()).state
    await client.post(`${at}/closing`)
    assert.equal(await state(), 'open')
    await client.post(`${at}/closing`, { sure: 'yes' })
    assert.equal(await state(), 'closed')
    assert.equal((await uploadInto(client, at, await asPdf(one.pages))).status, 422)
    // Closed too soon: it goes on.
    assert.include((await client.get(at)).text, '完了を取り消す')
    await client.post(`${at}/reopening`)
    assert.equal(await state(), 'open')
  }).timeout(180_000)

  test('take in post from the counter of the center, and deliver it in their layout', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const { service } = await vaccination()
    const { location } = await client.post('/orders', {
      title: '郵便',
      service_id: service.id,
      direction: 'to_digital',
      due_on: addDays(today(), 10),
    })
    const order = location!.split('/').at(-1)!
    const desk = await Visitor.loggedIn('madoguchi')
    assert.include((await desk.get('/scans')).text, '郵便')
    const content = await asPdf((await sample(8)).pages)
    const bus = await db.from('services').where('slug', 'bus').firstOrFail()
    const upload = (into: string, file: Buffer) =>
      desk.upload([{ name: 'post.pdf', content: file }], {
        // Whichever was chosen above: the order says.
        service_id: bus.id,
        upload_key: newId(),
        work_order_id: into,
      })
    assert.isTrue((await upload(order, content)).files[0].ok)
    await drainFlow()
    assert.equal((await db.from('submissions').firstOrFail()).work_order_id, order)
    await db.connection('owner').from('work_orders').update({ state: 'closed' })
    const late = await upload(order, await asPdf((await sample(9)).pages))
    assert.isFalse(late.files[0].ok)
    assert.include(late.files[0].message, '完了しています')
  }).timeout(60_000)

  test('take in post that came without one, and with it their day and place of work', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const desk = await Visitor.loggedIn('madoguchi')
    const submission = await givenSubmission()
    const { service } = await vaccination()
    const scan = await db.from('scans').firstOrFail()
    assert.notInclude((await desk.get(`/scans/${scan.id}`)).text, '変換業務に入れる')
    const due = addDays(today(), 4)
    const open = async (serviceId: string) => {
      const { location } = await client.post('/orders', {
        title: '郵便',
        service_id: serviceId,
        direction: 'to_digital',
        due_on: due,
      })
      return location!.split('/').at(-1)!
    }
    const order = await open(service.id)
    assert.include((await desk.get(`/scans/${scan.id}`)).text, '変換業務に入れる')
    const atHome = await take(await person('operator4'), 'home')
    assert.equal(atHome?.task.subjectId, submission.id)
    const put = async (into: string) => {
      const { location } = await desk.post(`/scans/${scan.id}/order`, { work_order_id: into })
      return (await desk.get(location!)).text
    }
    await db.connection('owner').from('work_orders').update({ state: 'closed' })
    assert.include(await put(order), '変換業務は完了しています')
    await db
      .connection('owner')
      .from('work_orders')
      .update({ state: 'open', home_work_agreed: false })
    assert.include(await put(order), '変換業務に入れました')
    assert.equal((await submission.refresh()).workOrderId, order)
    const tasks = await db.from('tasks').where('kind', 'key')
    assert.isTrue(tasks.every((task) => task.due_on === due && task.site === 'center'))
    assert.isTrue(tasks.every((task) => task.state === 'open'))
    assert.equal((await atHome!.refresh()).endedReason, 'withdrawn')
    assert.include(await put(order), 'もう変換業務に入っています')
    assert.include((await client.get(`/orders/${order}`)).text, submission.receipt)

    const bus = await db.from('services').where('slug', 'bus').firstOrFail()
    await db.from('scans').update({ work_order_id: null })
    await db.connection('owner').from('work_orders').update({ service_id: bus.id })
    assert.include(await put(order), 'ほかのサービスのものです')
  })

  test('let nobody work at home where the order doesn’t agree, whatever the service does', async ({
    assert,
  }) => {
    const places = async (fields: Record<string, string>) => {
      await reset()
      const { client, at } = await givenOrder(fields)
      await uploadInto(client, at, await asPdf((await sample(8)).pages))
      await drainFlow()
      return db.from('tasks').where({ kind: 'key', site: 'any' })
    }
    assert.lengthOf(await places({}), 0)
    assert.isAbove((await places({ home_work_agreed: '1' })).length, 0)
  }).timeout(180_000)

  test('refuse a due day that is past, and keep what was typed', async ({ assert }) => {
    const { answer } = await givenOrder({ due_on: addDays(today(), -1) })
    assert.equal(answer.status, 422)
    assert.include(answer.text, 'きょう以後')
    assert.include(answer.text, '12月分の申込書')
  })

  test('are seen by their client and the center only', async ({ assert }) => {
    const { at } = await givenOrder()
    assert.equal((await (await Visitor.loggedIn('admin')).get(at)).status, 200)
    const other = await Visitor.loggedIn('kotsu')
    for (const path of [at, `${at}/values?layout_id=${newId()}`, `${at}/values.csv`])
      assert.equal((await other.get(path)).status, 404, path)
    assert.equal((await other.post(`${at}/closing`)).status, 404)
    assert.notInclude((await other.get('/orders')).text, '12月分')
    assert.equal((await (await Visitor.loggedIn('madoguchi')).get(at)).status, 404)
  })
})

test.group('Corrections', (group) => {
  group.each.setup(reset)

  test('are asked by the client, decided by the leader, and answered anew', async ({ assert }) => {
    const submission = await givenKeyed()
    const client = await Visitor.loggedIn('kenko')
    await client.post(`/submissions/${submission.id}/corrections`, {
      field: 'address',
      request: '番地は5ではなく7です',
    })
    const leader = await Visitor.loggedIn('leader')
    const { location } = await leader.post('/work/assignments', { kind: 'correct' })
    const page = await leader.get(location!)
    assert.include(page.text, '番地は5ではなく7です')
    assert.include(page.text, '1234番地5')
    await leader.post(`${location}/result`, { value: '青嶺市大字上久保1234番地7' })
    await drainFlow()
    const revisions = await db
      .from('revisions')
      .where('submission_id', submission.id)
      .orderBy('number')
    assert.deepEqual(
      revisions.map((row) => row.cause),
      ['verified', 'corrected']
    )
    const shown = await client.get(`/submissions/${submission.id}`)
    assert.include(shown.text, '1234番地7')
    assert.include(shown.text, '訂正')
    const replies = await db.from('replies').orderBy('created_at')
    assert.deepEqual(
      replies.map((row) => [row.kind, row.state]),
      [
        ['booked', 'canceled'],
        ['booked', 'ready'],
      ]
    )
    assert.lengthOf(await db.from('bookings').where('state', 'booked'), 1)
    const row = await db.from('corrections').firstOrFail()
    assert.notInclude(row.request.toString('utf8'), '番地')
  })

  test('keep the booking of the same request, whichever dose it is', async ({ assert }) => {
    const first = await givenBooked({}, { channel: 'phone' })
    const booked = await db.from('bookings').where('state', 'booked').firstOrFail()
    const client = await Visitor.loggedIn('kenko')
    await client.post(`/submissions/${first.submission.id}/corrections`, {
      field: 'voucher_number',
      request: '番号がちがいます',
    })
    const leader = await Visitor.loggedIn('leader')
    const { location } = await leader.post('/work/assignments', { kind: 'correct' })
    await leader.post(`${location}/result`, { value: '1000000008' })
    await drainFlow()
    const after = await db.from('bookings').where('state', 'booked')
    assert.lengthOf(after, 1)
    assert.equal(after[0].id, booked.id)
    assert.notEqual(after[0].handover_id, booked.handover_id)
    assert.notEqual(after[0].person, booked.person)
    const handover = await db.from('handovers').where('id', after[0].handover_id).firstOrFail()
    assert.equal(handover.state, 'done')
    assert.equal(handover.reference, booked.id)
    assert.deepEqual(await miscounts(), [])
  })

  test('ask again about what looks wrong, and may be turned down', async ({ assert }) => {
    const submission = await givenKeyed()
    const client = await Visitor.loggedIn('kenko')
    const ask = () =>
      client.post(`/submissions/${submission.id}/corrections`, {
        field: 'birth_date',
        request: 'ちがうと思います',
      })
    await ask()
    await ask()
    assert.lengthOf(await db.from('corrections'), 1)
    const leader = await Visitor.loggedIn('leader')
    const { location } = await leader.post('/work/assignments', { kind: 'correct' })
    const doubtful = await leader.post(`${location}/result`, { value: '昭和19年4月31日' })
    assert.equal(doubtful.status, 422)
    assert.include(doubtful.text, 'その日はありません')
    await leader.post(`${location}/result`, { keep: '1' })
    assert.equal((await db.from('corrections').firstOrFail()).state, 'kept')
    assert.lengthOf(await db.from('revisions').where('submission_id', submission.id), 1)
    // What was asked and how it ended stays when the values are gone.
    assert.equal((await eraseSubmission(submission.receipt)).outcome, 'erased')
    const { text } = await client.get(`/submissions/${submission.id}`)
    assert.include(text, '<h2>訂正の依頼</h2>')
  })
})
