import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Calendar from '#app/bookings/calendar'
import { closeDay, moveClosedDays } from '#app/rebooking/close_day'
import { drainFlow } from '#app/flow/sweeper'
import { postRun } from '#app/replies/print_runs/post_run'
import { encloseSheet } from '#app/replies/print_runs/enclose_sheet'
import { markPrinted } from '#app/replies/print_runs/mark_printed'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import { countUnsealedNumbers, rotateRefusedNumbers } from '#app/registry/refused_numbers'
import { answerQuestion } from '#app/registry/answer_question'
import ContactStop from '#app/registry/contact_stop'
import { endStop, keepStop } from '#app/registry/keep_stop'
import { registerRelative } from '#app/registry/relatives'
import { NOBODY } from '#app/registry/registered_person'
import { takeFile } from '#tests/support/given_register'
import type { StopKind } from '#app/registry/stop_kinds'
import { letterSealContext } from '#app/replies/letter_seal_context'
import type { Letter } from '#app/replies/letter'
import Reply from '#app/replies/reply'
import { searchSubmissions } from '#app/submissions/search_submissions'
import { newId } from '#app/core/ids'
import { openSealer } from '#app/core/sealing'
import { givenKeyed, person, runWishes, vaccination } from '#tests/support/given'
import { givenBooked, someSlot } from '#tests/support/given_live'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const HEAD =
  '接種券番号,カナ氏名,氏名,生年月日,郵便番号,住所,電話番号,送付先,送付先郵便番号,送付先氏名,発送停止,異動'
/** 山田 はるゑ as the register has her. */
const row = (more: { sendTo?: string; stopped?: string; change?: string } = {}) =>
  `1234567897,ヤマダ ハルエ,山田 はるゑ,S190503,3999903,青嶺市大字上久保1234番地5,0263001234,${more.sendTo ?? ',,'},${more.stopped ?? ''},${more.change ?? ''}`

async function stop(kind: StopKind, more: { mayCall?: boolean; until?: string } = {}) {
  const { service } = await vaccination()
  const kept = await keepStop(await person('kenko'), {
    clientId: service.clientId,
    kind,
    person: { number: '1234567897', kana: 'ヤマダ ハルエ', birthDate: '1944-05-03' },
    until: more.until ?? null,
    mayCall: more.mayCall ?? false,
  })
  if (!kept.ok) throw new Error(kept.reason)
  await drainFlow()
  return ContactStop.findOrFail(kept.id)
}

async function letterOf(replyId: string): Promise<Letter> {
  const reply = await Reply.findOrFail(replyId)
  return (await openSealer(reply.dataKeyId)).openJson<Letter>(
    letterSealContext(reply.id),
    reply.inputs!
  )
}

test.group('Who may be written to', (group) => {
  group.each.setup(reset)

  test('is asked when a letter is composed: a register’s 発送停止 stops it, and says why', async ({
    assert,
  }) => {
    await takeFile(`${HEAD}\n${row({ stopped: '施設入所のため' })}`)
    const submission = await givenKeyed()
    const reply = await db.from('replies').firstOrFail()
    assert.deepInclude(reply, { state: 'stopped', stopped_for: 'facility', file: null })
    assert.equal((await submission.refresh()).state, 'closed')
    const page = await (await Visitor.loggedIn('admin')).get(`/submissions/${submission.id}`)
    assert.include(page.text, '送らない')
  })

  test('also by kana with birth date, where the form left the number blank', async ({ assert }) => {
    await takeFile(`${HEAD}\n${row({ stopped: '本人の申し出' })}`)
    await givenKeyed({ voucher_number: '' })
    assert.equal((await db.from('replies').firstOrFail()).state, 'stopped')
  })

  test('says where: mail goes to whom the register names, not home', async ({ assert }) => {
    await takeFile(`${HEAD}\n${row({ sendTo: '青嶺市西町1丁目1番,3999905,山田 花子' })}`)
    await givenKeyed()
    const { to } = await letterOf((await db.from('replies').firstOrFail()).id)
    assert.deepEqual(to, { postcode: '399-9905', address: '青嶺市西町1丁目1番', name: '山田 花子' })
  })

  test('is asked again when a run is planned, printed, enclosed and posted', async ({ assert }) => {
    const { service } = await vaccination()
    const leader = await person('leader')
    const plan = () => planPrintRun(leader, service.clientId, newId(), runWishes())
    await givenKeyed()
    const other = await givenKeyed({ voucher_number: '4111111111', name_kana: 'アオ ハナ' })
    const first = await stop('wish')
    // Ended: what was stopped isn't sent by itself, what comes next is.
    await endStop(leader, first)
    await db
      .connection('owner')
      .from('replies')
      .where('state', 'stopped')
      .update({ state: 'ready' })
    await db.rawQuery(`update contact_stops set ended_at = null, ended_by = null`)
    const planned = await plan()
    assert.isTrue(planned.ok && planned.stopped === 1)
    if (!planned.ok) return
    await drainFlow()
    assert.lengthOf(await db.from('sheets').where('state', 'planned'), 1)

    // Between planning and printing: the run is typeset anew without them.
    await db.rawQuery(`update contact_stops set ended_at = now()`)
    await db
      .connection('owner')
      .from('replies')
      .where('state', 'stopped')
      .update({ state: 'ready' })
    const second = await plan()
    if (!second.ok) throw new Error(second.reason)
    await drainFlow()
    await db.rawQuery(`update contact_stops set ended_at = null`)
    assert.isFalse(await markPrinted(leader, second.run.id))
    assert.deepInclude(await db.from('sheets').where('print_run_id', second.run.id).firstOrFail(), {
      state: 'pulled',
      reason: 'stopped',
    })

    // After printing: the sheet isn't enclosed; after enclosing: the run isn't posted with it.
    assert.isTrue(await markPrinted(leader, planned.run.id))
    await db.rawQuery(
      `update contact_stop_tokens set token = (select token from search_tokens where submission_id = ? and kind = 'number') where kind = 'number'`,
      [other.id]
    )
    await db.from('contact_stop_tokens').whereNot('kind', 'number').delete()
    await db.rawQuery(`update contact_stops set person = person`)
    const sheet = await db.from('sheets').where('print_run_id', planned.run.id).firstOrFail()
    await db.rawQuery(`update contact_stops set ended_at = now()`)
    assert.isTrue((await encloseSheet(leader, planned.run.id, sheet.code)).ok)
    await stopOther()
    assert.deepEqual(await postRun(leader, planned.run.id), {
      ok: false,
      reason: 'stopped',
      numbers: [1],
    })
    assert.equal((await db.from('sheets').where('id', sheet.id).firstOrFail()).state, 'pulled')

    async function stopOther() {
      await keepStop(leader, {
        clientId: service.clientId,
        kind: 'wish',
        person: { number: '4111111111' },
        until: null,
        mayCall: false,
      })
    }
  })

  test('is held by no phone and no address: a widow shares both with who has died', async ({
    assert,
  }) => {
    await takeFile(
      `${HEAD}\n1000000008,ヤマダ タロウ,山田 太郎,S150101,3999903,青嶺市大字上久保1234番地5,0263001234,,,,,`
    )
    const { bookingId } = await givenBooked({}, { channel: 'phone' })
    await takeFile(
      `${HEAD}\n1000000008,ヤマダ タロウ,山田 太郎,S150101,3999903,青嶺市大字上久保1234番地5,0263001234,,,,,死亡`
    )
    assert.equal((await db.from('bookings').where('id', bookingId).firstOrFail()).state, 'booked')
    assert.equal((await db.from('replies').firstOrFail()).state, 'ready')
    assert.lengthOf(await db.from('contact_questions'), 0)
  })

  test('ends for who has died, by the number or by kana with birth date', async ({ assert }) => {
    await takeFile(`${HEAD}\n${row()}`)
    await givenKeyed({ voucher_number: '' })
    assert.lengthOf(await db.from('bookings').where('state', 'booked'), 1)
    await takeFile(`${HEAD}\n${row({ change: '死亡' })}`)
    assert.lengthOf(await db.from('bookings').where('state', 'booked'), 0)
    assert.deepInclude(await db.from('replies').firstOrFail(), {
      state: 'stopped',
      stopped_for: 'deceased',
    })
  })

  test('is a question where it could be somebody: their booking and letter stay until it is answered', async ({
    assert,
  }) => {
    await takeFile(`${HEAD}\n${row()}`)
    await givenKeyed({ voucher_number: '', birth_date: '' })
    await takeFile(`${HEAD}\n${row({ change: '死亡' })}`)
    assert.lengthOf(await db.from('bookings').where('state', 'booked'), 1)
    assert.equal((await db.from('replies').firstOrFail()).state, 'ready')
    const question = await db.from('contact_questions').firstOrFail()
    assert.deepInclude(question, { kind: 'same_person', stop_kind: 'deceased', answer: null })
    const client = await person('kenko')
    assert.isTrue(await answerQuestion(client, question.id, 'yes'))
    assert.isFalse(await answerQuestion(client, question.id, 'no'))
    await drainFlow()
    assert.equal((await db.from('replies').firstOrFail()).state, 'stopped')
  })

  test('a stop ends with its day, a protection only when somebody says so', async ({ assert }) => {
    await stop('wish')
    await db.from('contact_stops').update({ until: '2020-01-01' })
    await givenKeyed()
    assert.equal((await db.from('replies').firstOrFail()).state, 'ready')
    await reset()
    await stop('protection')
    await db.from('contact_stops').update({ until: '2020-01-01' })
    await givenKeyed()
    assert.equal((await db.from('replies').firstOrFail()).state, 'stopped')
    const page = await (await Visitor.loggedIn('kenko')).get('/stops')
    assert.include(page.text, '期限が過ぎています')
    assert.include(page.text, '期限の過ぎた支援措置が1件')
    assert.notMatch(page.text, /@(if|each|else|end)\b/)
  })

  test('is kept for the center or a client, for nobody else', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const partner = await db.from('organizations').where('slug', 'silver').firstOrFail()
    const client = await db.from('organizations').where('slug', 'health').firstOrFail()
    const relative = {
      number: '1000000008',
      relative_name: '山田 花子',
      may_hear: 'true',
      consent_on: '2026-01-05',
    }
    for (const id of [partner.id, newId()]) {
      const wish = { client_id: id, kind: 'wish', number: '1000000008' }
      assert.equal((await leader.post('/stops', wish)).status, 422)
      assert.equal((await leader.post('/relatives', { client_id: id, ...relative })).status, 422)
    }
    assert.lengthOf(await db.from('contact_stops'), 0)
    assert.lengthOf(await db.from('relatives'), 0)
    const own = { client_id: client.id, kind: 'wish', number: '1000000008' }
    assert.equal((await leader.post('/stops', own)).status, 302)
    const added = await leader.post('/relatives', { client_id: client.id, ...relative })
    assert.equal(added.status, 302)
  })

  test('is told by a phone or an address to nobody: a stop needs to know who', async ({
    assert,
  }) => {
    const { service } = await vaccination()
    const kept = await keepStop(await person('kenko'), {
      clientId: service.clientId,
      kind: 'wish',
      person: { phone: '0263001234', kana: 'ヤマダ ハルエ' },
      until: null,
      mayCall: false,
    })
    assert.deepEqual(kept, { ok: false, reason: 'who' })
  })
})

test.group('A protected person', (group) => {
  group.each.setup(reset)

  test('is seen by named staff only: not in lists, search, the desk’s search or a roster', async ({
    assert,
  }) => {
    const { submission, bookingId } = await givenBooked()
    await stop('protection')
    const [named, other] = [await person('admin'), await person('leader')]
    assert.lengthOf(await searchSubmissions(other, 'ヤマダ'), 0)
    assert.lengthOf(await searchSubmissions(named, 'ヤマダ'), 1)
    const leader = await Visitor.loggedIn('leader')
    assert.equal((await leader.get(`/submissions/${submission.id}`)).status, 404)
    assert.equal((await leader.get(`/desk/bookings/${bookingId}`)).status, 404)
    assert.equal((await leader.get(`/desk/submissions/${submission.id}/slip`)).status, 404)
    const found = await leader.post('/desk/find', { kana: 'ヤマダ ハルエ' })
    assert.include(found.text, '見つかりませんでした')
    const slot = await someSlot()
    const day = `/calendars/${slot.calendar_id}/days/${slot.day}`
    assert.notInclude((await leader.get(day)).text, 'ヤマダ')
    const admin = await Visitor.loggedIn('admin')
    assert.include((await admin.get(day)).text, 'ヤマダ')
    assert.equal((await admin.get(`/submissions/${submission.id}`)).status, 200)
  })

  test('is nobody’s relative: a proxy hears what an unknown name would hear', async ({
    assert,
  }) => {
    await takeFile(`${HEAD}\n${row({ stopped: '支援措置' })}`)
    const { service } = await vaccination()
    const ask = async (desk: Visitor, askedBy: string, number: string) => {
      const { location } = await desk.post('/desk/visits', {
        channel: 'phone',
        service_id: service.id,
      })
      await desk.post(`${location}/whose`, {
        service_id: service.id,
        asked_by: askedBy,
        consent: '1',
      })
      return desk.post(`${location}/identification`, { number })
    }
    const desk = await Visitor.loggedIn('madoguchi')
    const relative = await ask(desk, 'family', '1234567897')
    const unknown = await ask(desk, 'family', '1000000016')
    assert.equal(relative.status, unknown.status)
    const plain = (text: string) =>
      text
        .replace(/<input type="hidden"[^>]*>/g, '')
        .replace(/(nonce|content)="[^"]*"|[0-9a-f-]{36}|\d{10}/g, '')
        .replace(/\s+/g, ' ')
    assert.equal(plain(relative.text), plain(unknown.text))
    // Herself, at a desk whose clerk isn't named: somebody else helps her, and nothing of her is shown.
    const herself = await ask(desk, 'self', '1234567897')
    assert.include(herself.text, '決められた職員')
    assert.notInclude(herself.text, '上久保')
    // Named staff help her; address and phone stay off the screen.
    const admin = await Visitor.loggedIn('admin')
    const open = await ask(admin, 'self', '1234567897')
    const visit = await admin.get(open.location!)
    assert.include(visit.text, '支援措置の方です')
    assert.include(visit.text, '山田 はるゑ')
    for (const secret of ['上久保', '0263001234', '399-9903']) assert.notInclude(visit.text, secret)
  })

  test('gets no call unless the client says so; the letter that could be hers waits', async ({
    assert,
  }) => {
    await stop('protection')
    await givenKeyed({ voucher_number: '', birth_date: '' })
    const reply = await db.from('replies').firstOrFail()
    assert.equal(reply.state, 'held')
    const question = await db.from('contact_questions').firstOrFail()
    await answerQuestion(await person('kenko'), question.id, 'no')
    await drainFlow()
    assert.equal((await db.from('replies').firstOrFail()).state, 'ready')
  })
})

test.group('Calls', (group) => {
  group.each.setup(reset)

  async function closed() {
    const slot = await someSlot(0)
    await givenBooked({}, { slotId: slot.id })
    await givenBooked(
      { voucher_number: '4111111111', name_kana: 'ヤマダ タロウ', name: '山田 太郎' },
      { slotId: slot.id }
    )
    const calendar = await Calendar.findOrFail(slot.calendar_id)
    return async () => {
      await closeDay(await person('leader'), calendar, slot.day, 'snow')
      await moveClosedDays()
    }
  }

  test('about a closed day: one for each phone, which answers for both', async ({ assert }) => {
    await (
      await closed()
    )()
    assert.lengthOf(await db.from('tasks').where({ kind: 'call_back', state: 'open' }), 1)
    const desk = await Visitor.loggedIn('madoguchi')
    const { location } = await desk.post('/work/assignments', { kind: 'call_back' })
    const page = await desk.get(location!)
    for (const name of ['山田 はるゑ', '山田 太郎']) assert.include(page.text, name)
    assert.notMatch(page.text, /生まれた|5月3日/)
    const other = await db.from('call_backs').whereNotNull('together_with').firstOrFail()
    await desk.post(`${location}/result`, { 'outcome': 'accepted', 'accepting[]': other.id })
    await drainFlow()
    assert.lengthOf(await db.from('bookings').where('state', 'booked'), 2)
    assert.deepEqual(
      (await db.from('call_backs').select('state')).map((one) => one.state),
      ['reached', 'reached']
    )
  })

  test('wait for the client where nothing is sent, follow an own wish, and never the dead', async ({
    assert,
  }) => {
    const close = await closed()
    await stop('guardian')
    await close()
    const calls = await db.from('call_backs')
    assert.lengthOf(calls, 1)
    const question = await db.from('contact_questions').where('kind', 'may_call').firstOrFail()
    await answerQuestion(await person('kenko'), question.id, 'yes')
    assert.lengthOf(await db.from('call_backs'), 2)
  })

  test('go to no number at which nobody is to be called', async ({ assert }) => {
    const close = await closed()
    const client = await Visitor.loggedIn('kenko')
    await client.post('/stops/numbers', { phone: '0263-00-1234', may: 'no' })
    await close()
    assert.lengthOf(await db.from('call_backs'), 0)
    await client.post('/stops/numbers', { phone: '1234', may: 'yes' })
    assert.lengthOf(await db.from('refused_numbers'), 1)
    // What an earlier version kept as a token alone is kept whole when it is said again.
    await db.from('refused_numbers').update({ phone: null, data_key_id: null })
    assert.equal(await countUnsealedNumbers(), 1)
    await client.post('/stops/numbers', { phone: '0263-00-1234', may: 'no' })
    assert.equal(await countUnsealedNumbers(), 0)
    // Also once the sealing key is rotated.
    await db.from('refused_numbers').update({ token: 'of an earlier key' })
    assert.equal(await rotateRefusedNumbers(), 1)
    await client.post('/stops/numbers', { phone: '0263-00-1234', may: 'no' })
    assert.lengthOf(await db.from('refused_numbers'), 1)
    await client.post('/stops/numbers', { phone: '0263001234', may: 'yes' })
    assert.lengthOf(await db.from('refused_numbers'), 0)
  })

  test('say so where a number was refused since they were planned', async ({ assert }) => {
    await (
      await closed()
    )()
    const client = await Visitor.loggedIn('kenko')
    await client.post('/stops/numbers', { phone: '0263001234', may: 'no' })
    const desk = await Visitor.loggedIn('madoguchi')
    const { location } = await desk.post('/work/assignments', { kind: 'call_back' })
    assert.include((await desk.get(location!)).text, '電話しないでください')
    // Of the center itself, it holds for every client.
    await client.post('/stops/numbers', { phone: '0263001234', may: 'yes' })
    assert.notInclude((await desk.get(location!)).text, '電話しないでください')
    const { id: centerId } = await db.from('organizations').where('kind', 'center').firstOrFail()
    const leader = await Visitor.loggedIn('leader')
    await leader.post('/stops/numbers', { client_id: centerId, phone: '0263001234', may: 'no' })
    assert.include((await desk.get(location!)).text, '電話しないでください')
    // Whoever ends it so, ends it: a letter goes.
    await desk.post(`${location}/result`, { outcome: 'no_answer' })
    assert.lengthOf(await db.from('tasks').where({ kind: 'call_back', state: 'open' }), 0)
    assert.include(
      (await db.from('call_backs').select('state')).map(({ state }) => state),
      'letter'
    )
  })

  test('tell family only what the resident has agreed to', async ({ assert }) => {
    const { service } = await vaccination()
    const client = await person('kenko')
    await (
      await closed()
    )()
    await registerRelative(
      client,
      service.clientId,
      {
        of: { ...NOBODY, number: '4111111111' },
        name: '山田 花子',
        relation: '娘',
        phone: '',
        postcode: '',
        address: '',
      },
      { mayHear: true, mayChange: false, getsCopies: false, consentOn: '2026-01-01' }
    )
    const desk = await Visitor.loggedIn('madoguchi')
    // Whoever of the two stands first on the list: the daughter is named with her father alone.
    const { location } = await desk.post('/work/assignments', { kind: 'call_back' })
    const page = await desk.get(location!)
    const [, called] = /<p>([^<(]*) \(/.exec(page.text)!
    assert.equal(page.text.includes('山田 花子'), called === '山田 太郎')
  })
})
