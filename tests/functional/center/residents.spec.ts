import { unzipSync } from 'fflate'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { carryOutDisposals } from '#app/center/retention/carry_out'
import { verifyDisposals } from '#app/center/retention/verify_disposals'
import { keepConsultation } from '#app/desk/consultations/keep_consultation'
import { refuseNumber } from '#app/registry/refused_numbers'
import { transition } from '#app/core/transition'
import { receiveCall } from '#app/desk/calls/receive_call'
import { enroll } from '#app/desk/lessons/lesson_places'
import Lesson from '#app/desk/lessons/lesson'
import { keepStop } from '#app/registry/keep_stop'
import { registerRelative } from '#app/registry/relatives'
import { NOBODY } from '#app/registry/registered_person'
import { residentRecords } from '#app/submissions/resident_records'
import User from '#app/people/user'
import { DEMO_PASSWORD } from '#database/seeders/demo'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { answers, givenKeyed, person, serviceOf } from '#tests/support/given'
import { givenWish } from '#tests/support/given_wish'
import { givenRegister } from '#tests/support/given_live'
import { pagesOf } from '#tests/support/pdf_text'
import { eraseSubmission } from '#app/submissions/erase_submission'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** A second person of the health department. */
async function secondOfClient(): Promise<Visitor> {
  const first = await person('kenko')
  await User.firstOrCreate(
    { login: 'kenko2' },
    {
      id: newId(),
      organizationId: first.organizationId,
      password: DEMO_PASSWORD,
      displayName: '健康課 川上',
      role: 'client',
      sites: ['center'],
    }
  )
  return Visitor.loggedIn('kenko2')
}

/** One resident with everything that the product can keep of her, and her husband at the same phone. */
async function givenResident() {
  await givenRegister()
  const own = await givenKeyed()
  const husband = await givenKeyed({
    voucher_number: '4111111111',
    name: '山田 太郎',
    name_kana: 'ヤマダ タロウ',
    birth_date: '1940-01-02',
  })
  const { phone, voucher_number: number, name_kana: kana } = answers()
  const client = await person('kenko')
  await keepStop(client, {
    clientId: own.clientId,
    kind: 'wish',
    person: { number },
    until: null,
    mayCall: true,
  })
  await registerRelative(
    client,
    own.clientId,
    {
      of: { ...NOBODY, number },
      name: '山田 花子',
      relation: '長女',
      phone: '',
      postcode: '',
      address: '',
    },
    { mayHear: true, mayChange: false, getsCopies: false, consentOn: today() }
  )
  await givenWish(client, own.clientId, { typeSize: 22 })
  await transition(async (t) =>
    refuseNumber(t, await person('kenko'), { clientId: own.clientId, phone })
  )
  await receiveCall({ externalId: null, event: 'answered', number: phone })
  await keepConsultation(await person('madoguchi'), {
    topic: 'set_up',
    minutes: 10,
    steps: '文字を大きくした',
    phone: '',
    who: `${kana} (${phone.slice(0, 4)}) ${phone.slice(4, 6)}ー${phone.slice(6)}`,
    followUp: '',
    followUpOn: null,
    partnerId: null,
    agreed: false,
  })
  const lesson = await Lesson.firstOrFail()
  await enroll(await person('madoguchi'), lesson, { kana, phone })
  return { own, husband }
}

/** Values of the boxes that are offered, and of those that are ticked. */
function boxes(text: string): { all: string[]; ticked: string[] } {
  const found = [...text.matchAll(/<input type="checkbox"[^>]*value="([^"]+)"[^>]*>/g)]
  return {
    all: found.map((one) => one[1]),
    ticked: found.filter((one) => / checked/.test(one[0])).map((one) => one[1]),
  }
}

function order(kind: string, records: string[]): URLSearchParams {
  const form = new URLSearchParams({ kind, ground: '令和8年11月29日 8青健第500号' })
  for (const one of records) form.append('records[]', one)
  return form
}

test.group('The city’s order about a resident', (group) => {
  group.each.setup(reset)

  test('finds everything of her, and offers her husband’s unticked', async ({ assert }) => {
    const { own, husband } = await givenResident()
    const leader = await Visitor.loggedIn('leader')
    assert.include((await leader.get(`/submissions/${own.id}`)).text, `/residents/${own.id}`)
    const { all, ticked } = boxes((await leader.get(`/residents/${own.id}`)).text)
    const kinds = (some: string[]) => [...new Set(some.map((one) => one.split(':')[0]))]
    assert.sameMembers(kinds(ticked), [
      'submission',
      'register_person',
      'lesson_place',
      'reply_wish',
    ])
    // What somebody has to look at first: who takes a stop away has her written to again.
    const others = ['contact_stop', 'relative', 'refused_number', 'call', 'consultation']
    assert.includeMembers(kinds(all), others)
    assert.include(ticked, `submission:${own.id}`)
    assert.include(all, `submission:${husband.id}`)
    assert.notInclude(ticked, `submission:${husband.id}`)
    assert.lengthOf(
      all.filter((one) => one.startsWith('call:')),
      1
    )
    assert.lengthOf(
      ticked.filter((one) => one.startsWith('register_person:')),
      1
    )
    // Of a protected person the register says nothing to who isn't named for her.
    await db.from('register_people').update({ stop_kind: 'protection' })
    const hidden = boxes((await leader.get(`/residents/${own.id}`)).text)
    assert.notInclude(kinds(hidden.all), 'register_person')
    await db.from('register_people').update({ stop_kind: null })
    // Calls and lessons are the center's, whoever they are about.
    const client = await Visitor.loggedIn('kenko')
    const shown = kinds(boxes((await client.get(`/residents/${own.id}`)).text).all)
    const ofClients = ['submission', 'register_person', 'contact_stop', 'relative', 'reply_wish']
    assert.sameMembers(shown, [...ofClients, 'refused_number'])
    const looked = await db.from('events').where({ verb: 'resident.looked_up', subject_id: own.id })
    assert.lengthOf(looked, 3)
    assert.equal((await (await Visitor.loggedIn('kotsu')).get(`/residents/${own.id}`)).status, 404)
    assert.equal(
      (await (await Visitor.loggedIn('madoguchi')).get(`/residents/${own.id}`)).status,
      404
    )
  })

  test('erases what was chosen with the consent of two, and nothing remains', async ({
    assert,
  }) => {
    const { own, husband } = await givenResident()
    const client = await Visitor.loggedIn('leader')
    const { all } = boxes((await client.get(`/residents/${own.id}`)).text)
    const chosen = all.filter((one) => one !== `submission:${husband.id}`)
    for (const wrong of [
      order('erase', []),
      order('steal', chosen),
      order('erase', [...chosen, `submission:${newId()}`]),
      order('erase', [`register_person:${own.id}`]),
    ]) {
      const answer = await client.post(`/residents/${own.id}`, wrong)
      assert.equal(answer.status, 422)
    }
    assert.lengthOf(await db.from('disposals'), 0)
    const { location } = await client.post(`/residents/${own.id}`, order('erase', chosen))
    assert.match(location!, /^\/disposals\//)
    assert.include((await client.get(location!)).text, '8青健第500号')
    assert.equal((await client.post(`${location}/decision`, { decision: 'approved' })).status, 404)
    await carryOutDisposals()
    assert.notEqual((await own.refresh()).state, 'erased')
    const other = await Visitor.loggedIn('kenko')
    await other.get(location!)
    await other.post(`${location}/decision`, { decision: 'approved' })
    await carryOutDisposals()
    assert.equal((await own.refresh()).state, 'erased')
    assert.notEqual((await husband.refresh()).state, 'erased')
    const outcomes = await db.from('disposal_items').distinct('outcome')
    assert.deepEqual(outcomes, [{ outcome: 'erased' }])
    assert.deepEqual((await verifyDisposals()).remainders, [])
    const { phone, voucher_number: number, name_kana: kana, birth_date: birthDate } = answers()
    const { service } = await serviceOf('vaccination')
    const facts = [{ number, kana, name: '', birthDate, phone, serviceId: service.id }]
    for (const kind of residentRecords.all())
      assert.deepEqual(
        await kind.find({ clientId: own.clientId, facts, seesProtected: true }),
        [],
        kind.name
      )
    const text = (await pagesOf((await client.get(`${location}/certificate`)).body)).join('')
    assert.include(text, '8青健第500号')
    assert.include(text, `そのほかの記録${chosen.length - 1}件`)
  })

  test('isn’t agreed to by who asked, of whichever organization', async ({ assert }) => {
    const { own } = await givenResident()
    const client = await Visitor.loggedIn('kenko')
    const { ticked } = boxes((await client.get(`/residents/${own.id}`)).text)
    for (const kind of ['erase', 'disclose']) {
      const { location } = await client.post(`/residents/${own.id}`, order(kind, ticked))
      await client.get(location!)
      const answer = await client.post(`${location}/decision`, { decision: 'approved' })
      assert.equal(answer.status, 422)
      const other = await secondOfClient()
      await other.get(location!)
      await other.post(`${location}/decision`, { decision: 'approved' })
      assert.notInclude((await other.get(location!)).text, '同意を待っています')
    }
  })

  test('what a room doesn’t erase is found to remain', async ({ assert }) => {
    const { own } = await givenResident()
    const leader = await Visitor.loggedIn('leader')
    const { all } = boxes((await leader.get(`/residents/${own.id}`)).text)
    const id = newId()
    await db.table('disposals').insert({
      id,
      client_id: own.clientId,
      cause: 'order',
      ground: 'x',
      asked_by: (await person('kenko')).id,
      state: 'carried_out',
    })
    await db.table('disposal_items').multiInsert(
      all.map((one) => ({
        disposal_id: id,
        record: one.split(':')[0],
        record_id: one.split(':')[1],
        extent: 'all',
        outcome: 'erased',
      }))
    )
    const { remainders } = await verifyDisposals()
    const records = new Set(remainders.map(({ record }) => record))
    assert.sameMembers(
      [...records],
      [
        'submission',
        'register_person',
        'contact_stop',
        'relative',
        'reply_wish',
        'refused_number',
        'lesson_place',
        'call',
        'consultation',
      ]
    )
  })

  test('discloses what was chosen, with the consent of two, until it is handed over', async ({
    assert,
  }) => {
    const { own, husband } = await givenResident()
    const leader = await Visitor.loggedIn('leader')
    const found = boxes((await leader.get(`/residents/${own.id}`)).text)
    const relative = found.all.filter((one) => one.startsWith('relative:'))
    const chosen = [...found.ticked, ...relative]
    const { location } = await leader.post(`/residents/${own.id}`, order('disclose', chosen))
    assert.match(location!, /^\/disclosures\//)
    assert.equal((await leader.get(`${location}/file`)).status, 302)
    assert.equal((await leader.post(`${location}/decision`, { decision: 'approved' })).status, 404)
    const client = await Visitor.loggedIn('kenko')
    await client.get(location!)
    await client.post(`${location}/decision`, { decision: 'approved' })
    const file = await leader.get(`${location}/file`)
    const entries = unzipSync(new Uint8Array(file.body))
    const names = Object.keys(entries)
    assert.sameMembers(names, [
      'disclosure.pdf',
      `pages/${own.receipt}-1.jpg`,
      `pages/${own.receipt}-2.jpg`,
    ])
    const text = (await pagesOf(Buffer.from(entries['disclosure.pdf']))).join('')
    for (const said of [
      '山田はるゑ',
      '0263001234',
      '山田花子',
      '長女',
      own.receipt,
      '8青健第500号',
    ])
      assert.include(text, said)
    assert.notInclude(text, husband.receipt)
    // Who worked with it is the center's affair.
    assert.notInclude(text, '佐藤花')
    // Whoever asks who saw her request finds this.
    const taken = await db
      .from('events')
      .where({ verb: 'disclosure.file_taken', submission_id: own.id })
    assert.lengthOf(taken, 1)
    const handed = { on: today(), whom: '本人' }
    assert.equal(
      (await leader.post(`${location}/handed`, { ...handed, on: '2999-01-01' })).status,
      422
    )
    await leader.post(`${location}/handed`, handed)
    assert.include((await leader.get(location!)).text, '渡しました')
    assert.equal((await leader.get(`${location}/file`)).status, 302)
  })

  test('is found without a request, by who she is, and disclosed', async ({ assert }) => {
    const { own } = await givenResident()
    await eraseSubmission(own.receipt)
    const leader = await Visitor.loggedIn('leader')
    assert.include((await leader.get('/disclosures')).text, 'href="/residents"')
    assert.equal((await leader.get('/residents')).status, 200)
    const client = await db
      .from('services')
      .where('id', (await serviceOf('vaccination')).service.id)
      .firstOrFail()
    const her = {
      client_id: client.client_id,
      kana: 'やまだ　はるえ',
      birth_date: '昭和19年5月3日',
    }
    const find = (more: Record<string, string>) =>
      leader.post('/residents/searches', { ...her, ...more })
    for (const [wrong, said] of [
      [{ birth_date: '' }, 'カナと生年月日'],
      [{ birth_date: '昭和19年5月33日' }, '生年月日を読めません'],
      [{ number: '1234567897' }, 'サービスも'],
      [{ client_id: '' }, '発注者を'],
    ] as const) {
      const refused = await find(wrong)
      assert.equal(refused.status, 422, said)
      assert.include(refused.text, said)
    }
    const byName = boxes((await find({})).text)
    const kinds = (some: string[]) => [...new Set(some.map((one) => one.split(':')[0]))]
    assert.includeMembers(kinds(byName.ticked), ['register_person'])
    const page = await find({ phone: '0263001234', number: '1234567897', service_id: client.id })
    const found = boxes(page.text)
    assert.includeMembers(kinds(found.all), [
      'register_person',
      'contact_stop',
      'call',
      'consultation',
      'lesson_place',
    ])
    assert.notInclude(found.all, `submission:${own.id}`)
    assert.isNotNull(await db.from('events').where('verb', 'resident.searched').first())
    // Another's records aren't hers by being named.
    const form = order('disclose', [...found.ticked, 'call:01a22792-5185-7551-9dc0-1452390e56a3'])
    for (const [name, value] of Object.entries({ ...her, phone: '0263001234' }))
      form.set(name, value)
    assert.equal((await leader.post('/residents/orders', form)).status, 422)
    form.delete('records[]')
    const chosen = found.all.filter((one) => /^(register_person|call):/.test(one))
    for (const one of chosen) form.append('records[]', one)
    const { location } = await leader.post('/residents/orders', form)
    const kenko = await Visitor.loggedIn('kenko')
    await kenko.get(location!)
    await kenko.post(`${location}/decision`, { decision: 'approved' })
    const entries = unzipSync(new Uint8Array((await leader.get(`${location}/file`)).body))
    const text = (await pagesOf(Buffer.from(entries['disclosure.pdf']))).join('')
    for (const said of ['山田はるゑ', '0263001234']) assert.include(text, said)
    // Another client finds what is its own alone, whichever it names.
    const other = await (await Visitor.loggedIn('kotsu')).post('/residents/searches', her)
    assert.include(other.text, '何も見つかりませんでした')
  })

  test('discloses the rest where the request that she was found by is erased', async ({
    assert,
  }) => {
    const { own } = await givenResident()
    const leader = await Visitor.loggedIn('leader')
    const found = boxes((await leader.get(`/residents/${own.id}`)).text)
    const { location } = await leader.post(`/residents/${own.id}`, order('disclose', found.ticked))
    const kenko = await Visitor.loggedIn('kenko')
    await kenko.get(location!)
    await kenko.post(`${location}/decision`, { decision: 'approved' })
    await eraseSubmission(own.receipt)
    const entries = unzipSync(new Uint8Array((await leader.get(`${location}/file`)).body))
    const text = (await pagesOf(Buffer.from(entries['disclosure.pdf']))).join('')
    assert.include(text, '山田はるゑ')
    assert.include(text, '講習の席')
  })
})
