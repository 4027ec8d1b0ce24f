import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { drainFlow } from '#app/flow/sweeper'
import Service from '#app/catalog/service'
import { latestValues } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { givenBooked, givenRegister, givenVisit, miscounts } from '#tests/support/given_live'
import { reset } from '#tests/support/reset'
import { Visitor, type Answer } from '#tests/support/visitor'

/** A clerk at the counter with a visit that has begun. */
async function begun() {
  const desk = await Visitor.loggedIn('madoguchi')
  const service = await Service.findByOrFail('slug', 'vaccination')
  const started = await desk.post('/desk/visits', { channel: 'counter', service_id: service.id })
  const at = started.location!
  return {
    desk,
    at,
    post: (step: string, fields: Record<string, string> = {}) => desk.post(`${at}/${step}`, fields),
    requester: (fields: Record<string, string>) =>
      desk.post(`${at}/whose`, { service_id: service.id, ...fields }),
    page: () => desk.get(at),
  }
}

function offers(answer: Answer): string[] {
  return [...answer.text.matchAll(/name="slot_id" value="([0-9a-f-]{36})"/g)].map((one) => one[1])
}

test.group('A visit at the counter', (group) => {
  group.each.setup(reset)

  test('goes from the voucher to the slip', async ({ assert }) => {
    await givenRegister()
    const { desk, at, post, requester, page } = await begun()
    await requester({ asked_by: 'self' })
    await post('identification', { number: 'a１２３４５６７８９７a' })
    const details = await page()
    for (const text of ['山田 はるゑ', '昭和19年5月3日', 'まちがいありませんか'])
      assert.include(details.text, text)
    await post('details', { 'values[vaccines][]': 'influenza' })
    const slots = offers(await page())
    assert.lengthOf(slots, 3)
    await post('hold', { slot_id: slots[0] })
    const readBack = await page()
    assert.include(readBack.text, '読みあわせ')
    const submission = await Submission.query().orderBy('createdAt', 'desc').firstOrFail()
    const paper = await desk.get(`/desk/submissions/${submission.id}/confirmation`)
    assert.equal(paper.body.subarray(0, 5).toString(), '%PDF-')
    await post('booking')
    await drainFlow()
    const done = await page()
    assert.include(done.text, submission.receipt)
    const latest = await latestValues(submission)
    assert.isTrue([...latest!.values.values()].every((one) => one.basis === 'read_back'))
    const entries = await db.from('entries').where('submission_id', submission.id)
    assert.deepEqual([...new Set(entries.map((entry) => entry.source))].sort(), [
      'person',
      'read_back',
    ])
    const slip = await desk.get(`/desk/submissions/${submission.id}/slip`)
    assert.equal(slip.body.subarray(0, 5).toString(), '%PDF-')
    await drainFlow()
    assert.equal((await submission.refresh()).state, 'closed')
    assert.equal((await db.from('replies').firstOrFail()).state, 'handed')
    // The printer was out of paper: the same again.
    assert.equal((await desk.get(`/desk/submissions/${submission.id}/slip`)).status, 200)
    await post('ending')
    assert.equal((await desk.get(at)).status, 200)
    assert.deepEqual(await miscounts(), [])
  })

  test('asks for the person’s consent before anybody else speaks for them', async ({ assert }) => {
    const { requester } = await begun()
    const refused = await requester({ asked_by: 'family' })
    assert.equal(refused.status, 422)
    assert.include(refused.text, '同意を確かめて')
    assert.equal((await requester({ asked_by: 'family', consent: '1' })).status, 302)
    const visit = await db.from('visits').firstOrFail()
    assert.equal(visit.asked_by, 'family')
    assert.isNotNull(visit.consent_at)
  })

  test('says in plain words what is wrong with a number or a date, and keeps it', async ({
    assert,
  }) => {
    await givenRegister()
    const { post, requester } = await begun()
    await requester({ asked_by: 'self' })
    const number = await post('identification', { number: '1234567890' })
    assert.equal(number.status, 422)
    assert.include(number.text, '検査数字が合いません')
    assert.include(number.text, 'value="1234567890"')
    for (const birth of ['大正20年1月1日', '昭和19年4月31日']) {
      const date = await post('identification', { kana: 'ヤマダ ハルエ', birth_date: birth })
      assert.equal(date.status, 422)
      assert.include(date.text, 'その日はありません')
      assert.include(date.text, birth)
    }
    assert.lengthOf(await db.from('submissions'), 0)
  })

  test('tells two people of one name in one street apart before it shows anything', async ({
    assert,
  }) => {
    await givenRegister()
    const { post, requester, page } = await begun()
    await requester({ asked_by: 'self' })
    const several = await post('identification', { kana: 'コバヤシ マコト' })
    assert.equal(several.status, 422)
    assert.include(several.text, '2 人います')
    assert.notInclude(several.text, '小林')
    assert.notInclude(several.text, '青嶺3丁目')
    await post('identification', { kana: 'コバヤシ マコト', birth_date: '昭和25年8月30日' })
    const page2 = await page()
    assert.include(page2.text, '小林 誠')
    assert.include(page2.text, '昭和25年8月30日')
  })

  test('finds a name without a space, a receipt number however it is said', async ({ assert }) => {
    await givenRegister()
    const { post, requester, page } = await begun()
    await requester({ asked_by: 'self' })
    await post('identification', { kana: 'やまだはるえ' })
    assert.include((await page()).text, '山田 はるゑ')
    const { submission, bookingId } = await givenBooked({ voucher_number: '1000000016' })
    const desk = await Visitor.loggedIn('madoguchi')
    const [word, number] = submission.receipt.split('-')
    for (const receipt of [`${word}${number}`, number, `${word} ${number}`])
      assert.equal(
        (await desk.post('/desk/find', { receipt })).location,
        `/desk/bookings/${bookingId}`,
        receipt
      )
  })

  test('goes on for somebody who has no voucher at hand, and one step back', async ({ assert }) => {
    const { desk, at, post, requester, page } = await begun()
    await requester({ asked_by: 'self' })
    await post('person', {
      'values[name_kana]': 'アオミネ ハナ',
      'values[name]': '青嶺 花',
      'values[birth_date]': 'S210401',
      'values[postcode]': '3999905',
      'values[address]': '青嶺市西町1丁目1番1号',
    })
    const details = await post('details', {
      'values[voucher_number]': '',
      'values[phone]': '',
      'values[vaccines][]': 'influenza',
    })
    assert.equal(details.status, 302)
    assert.isAbove(offers(await page()).length, 0)
    const nothing = await post('details', {})
    assert.equal(nothing.status, 302)
    await post('back')
    assert.include((await page()).text, '接種券の番号')
    await post('back')
    assert.include((await page()).text, 'どなたのぶんですか')
    assert.equal((await desk.get(`${at}/identification`)).location, at)
  })

  test('takes somebody whom no register knows, without a phone', async ({ assert }) => {
    const { post, requester, page } = await begun()
    await requester({ asked_by: 'self' })
    const unknown = await post('identification', { number: '1000000008' })
    assert.include(unknown.text, '登録に見つかりません')
    const typed = await post('person', {
      'values[voucher_number]': '1000000008',
      'values[name_kana]': 'アオミネ ハナ',
      'values[name]': '青嶺 花',
      'values[birth_date]': 'S210401',
      'values[postcode]': '3999905',
      'values[address]': '青嶺市西町1丁目1番1号',
      'values[phone]': '',
    })
    assert.equal(typed.status, 302)
    assert.include((await page()).text, '青嶺 花')
  })

  test('says so when a slot is taken between showing and confirming', async ({ assert }) => {
    const { visit } = await givenVisit()
    const desk = await Visitor.loggedIn('madoguchi')
    const at = `/desk/visits/${visit.id}`
    const slots = offers(await desk.get(at))
    await db
      .from('slots')
      .where('id', slots[0])
      .update({ taken: db.raw('capacity') })
    const gone = await desk.post(`${at}/hold`, { slot_id: slots[0] })
    assert.equal(gone.status, 422)
    assert.include(gone.text, 'たった今うまりました')
    assert.notInclude(offers(gone), slots[0])
    assert.equal((await desk.post(`${at}/hold`, { slot_id: slots[1] })).status, 302)
  })

  test('says so when the five minutes are over; what was said stays', async ({ assert }) => {
    const { visit } = await givenVisit()
    const desk = await Visitor.loggedIn('madoguchi')
    const at = `/desk/visits/${visit.id}`
    await desk.post(`${at}/hold`, { slot_id: offers(await desk.get(at))[0] })
    await db.from('bookings').update({ held_until: db.raw(`now() - interval '1 second'`) })
    const late = await desk.post(`${at}/booking`)
    assert.equal(late.status, 422)
    assert.include(late.text, '時間がたったため')
    assert.isAbove(offers(late).length, 0)
  })

  test('tells the second clerk that the resident is being helped already', async ({ assert }) => {
    const [one, two] = [await givenVisit(), await givenVisit()]
    const desk = await Visitor.loggedIn('madoguchi')
    const first = `/desk/visits/${one.visit.id}`
    await desk.post(`${first}/hold`, { slot_id: offers(await desk.get(first))[0] })
    const second = `/desk/visits/${two.visit.id}`
    const page = await desk.get(second)
    assert.include(page.text, 'ほかの窓口で')
    const refused = await desk.post(`${second}/hold`, { slot_id: offers(page)[1] })
    assert.equal(refused.status, 422)
    assert.include(refused.text, 'すでに予約があるか')
  })

  test('gives back what was only begun', async ({ assert }) => {
    const { visit, submission } = await givenVisit()
    const desk = await Visitor.loggedIn('madoguchi')
    const at = `/desk/visits/${visit.id}`
    await desk.post(`${at}/hold`, { slot_id: offers(await desk.get(at))[0] })
    await desk.post(`${at}/ending`)
    assert.equal((await submission.refresh()).state, 'canceled')
    assert.isNull(submission.draft)
    assert.deepEqual(await miscounts(), [])
    assert.lengthOf(await db.from('bookings').where('state', 'held'), 0)
  })
})

test.group('Finding a booking again', (group) => {
  group.each.setup(reset)

  test('by name, birth date, phone or receipt number; two of one name are told apart first', async ({
    assert,
  }) => {
    const kobayashi = { name: '小林 誠', name_kana: 'コバヤシ マコト' }
    const one = await givenBooked({ ...kobayashi, birth_date: '1941-02-14' })
    const two = await givenBooked({
      ...kobayashi,
      birth_date: '1950-08-30',
      voucher_number: '1000000008',
      phone: '0263009999',
    })
    const desk = await Visitor.loggedIn('madoguchi')
    const several = await desk.post('/desk/find', { kana: 'こばやし まこと' })
    assert.include(several.text, '2 人います')
    for (const secret of ['小林', one.submission.receipt, two.submission.receipt, '午前'])
      assert.notInclude(several.text, secret)
    const found = (answer: Answer) => answer.location
    const expected = `/desk/bookings/${two.bookingId}`
    assert.equal(
      found(await desk.post('/desk/find', { kana: 'コバヤシ', birth_date: '昭和25年8月30日' })),
      expected
    )
    assert.equal(found(await desk.post('/desk/find', { phone: '0263-00-9999' })), expected)
    assert.equal(found(await desk.post('/desk/find', { phone: '9999' })), expected)
    assert.equal(
      found(await desk.post('/desk/find', { receipt: two.submission.receipt })),
      expected
    )
    assert.include((await desk.post('/desk/find', { kana: 'イナイ ヒト' })).text, '見つかりません')
    assert.include((await desk.post('/desk/find', {})).text, 'どれか1つ')
    assert.include(
      (await desk.post('/desk/find', { birth_date: '昭和99年1月1日' })).text,
      'その日はありません'
    )
  })

  test('cancels only at the second asking', async ({ assert }) => {
    const { bookingId } = await givenBooked()
    const desk = await Visitor.loggedIn('madoguchi')
    const asked = await desk.post(`/desk/bookings/${bookingId}/cancellation`)
    assert.include(asked.text, 'この予約を取り消します')
    assert.lengthOf(await db.from('bookings').where('state', 'booked'), 1)
    await desk.post(`/desk/bookings/${bookingId}/cancellation`, { sure: 'yes', door: 'counter' })
    assert.lengthOf(await db.from('bookings').where('state', 'booked'), 0)
  })
})

test.group('The line', (group) => {
  group.each.setup(reset)

  test('holds appointments and walk-ins in one, by the time that is theirs', async ({ assert }) => {
    const desk = await Visitor.loggedIn('madoguchi')
    await desk.post('/tickets')
    await desk.post('/tickets')
    const { rows } = await db.rawQuery<{ rows: { day: string; time: string }[] }>(
      `select to_char(now() at time zone 'Asia/Tokyo' - interval '1 minute', 'YYYY-MM-DD') as day, to_char(now() at time zone 'Asia/Tokyo' - interval '1 minute', 'HH24:MI') as time`
    )
    await desk.post('/tickets/appointments', { ...rows[0], name: 'ヤマダ ハルエ' })
    const appointment = await db.from('tickets').where('kind', 'appointment').first()
    // Shortly after midnight the minute before is yesterday, which is refused.
    if (!appointment) return
    const called = async () => {
      await desk.post('/tickets/calls', { counter: '3' })
      const ticket = await db
        .from('tickets')
        .orderBy('called_at', 'desc')
        .whereNotNull('called_at')
        .firstOrFail()
      return ticket.number
    }
    assert.equal(await called(), 1)
    await desk.post(`/tickets/${appointment.id}/arrival`)
    assert.equal(await called(), 3)
    assert.equal(await called(), 2)
    const display = await desk.get('/tickets/display')
    assert.include(display.text, '3番窓口')
    const none = await desk.post('/tickets/calls', { counter: '3' })
    assert.equal(none.location, '/desk')
    const paper = await desk.get(`/tickets/${appointment.id}/paper`)
    assert.equal(paper.body.subarray(0, 5).toString(), '%PDF-')
  })

  test('never calls one number to two counters', async ({ assert }) => {
    const clerks = await Promise.all([
      Visitor.loggedIn('madoguchi'),
      Visitor.loggedIn('leader'),
      Visitor.loggedIn('admin'),
    ])
    for (let ticket = 0; ticket < 3; ticket++) await clerks[0].post('/tickets')
    await Promise.all(clerks.map((clerk) => clerk.post('/tickets/calls', { counter: '1' })))
    const called = await db.from('tickets').where('state', 'called')
    assert.lengthOf(called, 3)
    assert.lengthOf(await db.from('visits'), 3)
  })
})

test.group('Beside bookings', (group) => {
  group.each.setup(reset)

  test('a consultation is kept sealed, followed up, handed on', async ({ assert }) => {
    const desk = await Visitor.loggedIn('madoguchi')
    const partner = await db.from('partners').whereNotNull('organization_id').firstOrFail()
    const wrong = await desk.post('/consultations', { topic: 'set_up', minutes: '20', steps: '' })
    assert.equal(wrong.status, 422)
    const handed = {
      topic: 'set_up',
      minutes: '20',
      steps: '文字を大きくした',
      partner_id: partner.id,
      who: 'ヤマダ',
      phone: '0263-00-1234',
      follow_up: 'LINEを入れたい',
    }
    const faulty: Record<string, string>[] = [
      {},
      { agreed: 'true', who: '' },
      { agreed: 'true', follow_up: '' },
    ]
    for (const missing of faulty)
      assert.equal((await desk.post('/consultations', { ...handed, ...missing })).status, 422)
    assert.lengthOf(await db.from('consultations'), 0)
    await desk.post('/consultations', { ...handed, agreed: 'true' })
    const row = await db.from('consultations').firstOrFail()
    assert.equal(row.state, 'open')
    assert.notInclude(row.notes.toString('utf8'), '文字')
    const page = await desk.get('/consultations')
    assert.include(page.text, '文字を大きくした')
    assert.include(page.text, partner.name)
    await desk.post(`/consultations/${row.id}/finish`)
    assert.equal((await db.from('consultations').firstOrFail()).state, 'done')
  })

  test('a partner’s people see what was handed to them, and nothing else', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    await admin.post('/organizations', { name: '社協', slug: 'shakyo', kind: 'partner' })
    const other = await db.from('organizations').where('slug', 'shakyo').firstOrFail()
    const [silver, shakyo] = await db
      .from('partners')
      .whereIn('name', ['青嶺シルバー人材センター', '青嶺市社会福祉協議会'])
      .orderByRaw('organization_id is null')
    const keep = (partner: Record<string, string>, organization: string) =>
      admin.post(`/partners/${partner.id}`, { ...partner, organization_id: organization })
    const health = await db.from('organizations').where('slug', 'health').firstOrFail()
    assert.equal((await keep(shakyo, health.id)).status, 422)
    assert.equal((await keep(shakyo, silver.organization_id)).status, 422)
    assert.equal((await keep(shakyo, other.id)).location, '/partners')

    const desk = await Visitor.loggedIn('madoguchi')
    const hand = (partner: { id: string }, who: string) =>
      desk.post('/consultations', {
        topic: 'set_up',
        minutes: '20',
        steps: '暗証番号を作りなおした',
        partner_id: partner.id,
        who,
        follow_up: '家でもう一度',
        agreed: 'true',
      })
    // Told on the phone, as long as nobody of theirs signs in: what was said then stays so.
    await keep(shakyo, '')
    await hand(shakyo, 'タナカ')
    await keep(shakyo, other.id)
    await hand(silver, 'ヤマダ 0263-00-1234')
    await hand(shakyo, 'スズキ')
    const partner = await Visitor.loggedIn('silver')
    assert.equal((await partner.get('/')).location, '/today')
    assert.include((await partner.get('/today')).text, 'href="/referrals"')
    const page = await partner.get('/referrals')
    assert.include(page.text, 'ヤマダ')
    assert.include(page.text, '家でもう一度')
    assert.notInclude(page.text, 'スズキ')
    assert.notInclude(page.text, '暗証番号')
    for (const closed of ['/submissions', '/consultations', '/desk', '/partners', '/audit'])
      assert.equal((await partner.get(closed)).status, 404, closed)

    const [foreign] = await db
      .from('consultations')
      .where({ partner_id: shakyo.id, handed_to: other.id })
    assert.equal((await partner.post(`/referrals/${foreign.id}`, { answer: ' ' })).status, 404)
    const [own] = await db.from('consultations').where('partner_id', silver.id)
    const answer = { answer: '訪ねて入れました' }
    assert.equal((await partner.post(`/referrals/${foreign.id}`, answer)).status, 404)
    assert.equal((await partner.post(`/referrals/${own.id}`, { answer: ' ' })).status, 422)
    assert.equal((await partner.post(`/referrals/${own.id}`, answer)).location, '/referrals')
    await partner.post(`/referrals/${own.id}`, { answer: 'もう一度' })
    const kept = await db
      .from('events')
      .where('verb', 'consultation.kept')
      .where('subject_id', own.id)
      .firstOrFail()
    assert.equal(kept.detail.handed_to, silver.organization_id)
    assert.isNotNull(own.agreed_at)
    const states = await db.from('consultations').orderBy('state').select('state')
    assert.deepEqual(states, [{ state: 'done' }, { state: 'open' }, { state: 'open' }])
    const seen = await desk.get('/consultations')
    assert.include(seen.text, '訪ねて入れました')
    assert.notInclude(seen.text, 'もう一度</p>')
    const all = (await admin.get('/referrals')).text
    assert.include(all, 'スズキ')
    assert.notInclude(all, 'タナカ')

    // The desk was quicker: what the partner did is kept all the same.
    await hand(silver, 'サトウ')
    const [late] = await db
      .from('consultations')
      .where('state', 'open')
      .where('partner_id', silver.id)
    await desk.post(`/consultations/${late.id}/finish`)
    await partner.post(`/referrals/${late.id}`, { answer: '電話で済みました' })
    assert.include((await desk.get('/consultations')).text, '電話で済みました')
    await db.from('consultations').where('id', late.id).update({ created_at: '2020-01-06' })
    assert.notInclude((await partner.get('/referrals')).text, 'サトウ')
  })

  test('a lesson has so many places, a roster, and who came', async ({ assert }) => {
    const desk = await Visitor.loggedIn('madoguchi')
    const lesson = await db.from('lessons').orderBy('starts_at').firstOrFail()
    await db.from('lessons').where('id', lesson.id).update({ capacity: 2 })
    const enroll = (kana: string, phone = '') =>
      desk.post(`/lessons/${lesson.id}/places`, { kana, phone })
    await enroll('ヤマダ ハルエ', '0263001234')
    await enroll('ヤマダ ハルエ', '0263001234')
    assert.equal((await db.from('lessons').where('id', lesson.id).firstOrFail()).taken, 1)
    await enroll('コバヤシ マコト')
    await enroll('タナカ カズコ')
    assert.lengthOf(await db.from('lesson_places'), 2)
    assert.equal((await enroll('ﾀﾅｶ123')).status, 422)
    const place = await db.from('lesson_places').firstOrFail()
    await desk.post(`/lessons/${lesson.id}/attendance`, { place_id: place.id, state: 'attended' })
    assert.equal(
      (await db.from('lesson_places').where('id', place.id).firstOrFail()).state,
      'attended'
    )
    const roster = await desk.get(`/lessons/${lesson.id}/roster`)
    assert.equal(roster.body.subarray(0, 5).toString(), '%PDF-')
    await db.from('lessons').where('id', lesson.id).update({ capacity: lesson.capacity })
  })

  test('a handout is written by a leader and printed in large type', async ({ assert }) => {
    const desk = await Visitor.loggedIn('madoguchi')
    assert.equal((await desk.get('/articles/new')).status, 404)
    const leader = await Visitor.loggedIn('leader')
    const lacking = await leader.post('/articles', { title: '題', lines: '\u{1F600} 顔' })
    assert.equal(lacking.status, 422)
    await leader.post('/articles', { title: '電気の節約', lines: '一行目\n二行目' })
    const article = await db.from('articles').where('title', '電気の節約').firstOrFail()
    const paper = await desk.get(`/articles/${article.id}/paper?size=24`)
    assert.equal(paper.body.subarray(0, 5).toString(), '%PDF-')
    await db.from('articles').where('id', article.id).delete()
  })
})
