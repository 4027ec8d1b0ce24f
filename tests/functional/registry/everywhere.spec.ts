import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Calendar from '#app/bookings/calendar'
import { closeDay, moveClosedDays } from '#app/rebooking/close_day'
import { bookLive } from '#app/desk/visits/book_live'
import { givenBooked, givenVisit, holdPlace, livePerson, someSlot } from '#tests/support/given_live'
import { anotherDose } from '#app/desk/visits/another_dose'
import { drainFlow } from '#app/flow/sweeper'
import { encloseSheet } from '#app/replies/print_runs/enclose_sheet'
import { markPrinted } from '#app/replies/print_runs/mark_printed'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import { answerQuestion } from '#app/registry/answer_question'
import ContactStop from '#app/registry/contact_stop'
import { contactsOfSubmissions } from '#app/registry/contacts_of_submissions'
import { endStop, keepStop } from '#app/registry/keep_stop'
import { NOBODY, type RegisteredPerson } from '#app/registry/registered_person'
import { registerRelative, withdrawRelative } from '#app/registry/relatives'
import type { StopKind } from '#app/registry/stop_kinds'
import type { Letter } from '#app/replies/letter'
import { letterSealContext } from '#app/replies/letter_seal_context'
import { askCorrection } from '#app/clients/ask_correction'
import Reply from '#app/replies/reply'
import { newId } from '#app/core/ids'
import { openSealer } from '#app/core/sealing'
import { today } from '#app/core/clock'
import { givenKeyed, person, runWishes, vaccination } from '#tests/support/given'
import { takeFile } from '#tests/support/given_register'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const HEAD =
  '接種券番号,カナ氏名,氏名,生年月日,郵便番号,住所,電話番号,送付先,送付先郵便番号,送付先氏名,発送停止,異動,ローマ字氏名'
const HARUE = '1234567897,ヤマダ ハルエ,山田 はるゑ,S190503,3999903,青嶺市大字上久保1234番地5'
const ELSEWHERE = {
  sendTo: '青嶺市西町1丁目1番',
  sendToPostcode: '3999905',
  sendToName: '山田 花子',
}

async function stop(
  kind: StopKind,
  more: {
    who?: Partial<RegisteredPerson>
    mayCall?: boolean
    clientId?: string
  } = {}
): Promise<ContactStop> {
  const { service } = await vaccination()
  const kept = await keepStop(await person('admin'), {
    clientId: more.clientId ?? service.clientId,
    kind,
    person: more.who ?? { number: '1234567897', kana: 'ヤマダ ハルエ', birthDate: '1944-05-03' },
    until: null,
    mayCall: more.mayCall ?? false,
  })
  if (!kept.ok) throw new Error(kept.reason)
  await drainFlow()
  return ContactStop.findOrFail(kept.id)
}

async function letterOf(id: string): Promise<Letter> {
  const reply = await Reply.findOrFail(id)
  return (await openSealer(reply.dataKeyId)).openJson<Letter>(letterSealContext(id), reply.inputs!)
}

const correctTasks = () => db.from('tasks').where('kind', 'correct').select('id')

const isProtected = async (id: string) =>
  (await db.from('submissions').where('id', id).firstOrFail()).protected as boolean

async function daughter(): Promise<string> {
  const { service } = await vaccination()
  return registerRelative(
    await person('kenko'),
    service.clientId,
    {
      of: { ...NOBODY, number: '1234567897' },
      name: '山田 花子',
      relation: '娘',
      phone: '',
      postcode: '3999905',
      address: '青嶺市西町1丁目1番',
    },
    { mayHear: true, mayChange: false, getsCopies: true, consentOn: '2026-01-01' }
  )
}

test.group('Who somebody is', (group) => {
  group.each.setup(reset)

  test('is asked where kana and birth date fit and the numbers differ: never passed over', async ({
    assert,
  }) => {
    await stop('protection', {
      who: { number: '1000000016', kana: 'ヤマダ ハルエ', birthDate: '1944-05-03' },
    })
    await givenKeyed()
    assert.equal((await db.from('replies').firstOrFail()).state, 'held')
    const question = await db.from('contact_questions').firstOrFail()
    assert.deepInclude(question, { kind: 'same_person', stop_kind: 'protection' })
    await answerQuestion(await person('kenko'), question.id, 'no')
    await drainFlow()
    assert.equal((await db.from('replies').firstOrFail()).state, 'ready')
  })

  test('is asked at the desk too, where no letter follows', async ({ assert }) => {
    await stop('wish', {
      who: { number: '1000000016', kana: 'ヤマダ ハルエ', birthDate: '1944-05-03' },
    })
    await givenBooked()
    assert.lengthOf(await db.from('contact_questions'), 1)
  })

  test('is told by the number, whatever was answered while it stood otherwise', async ({
    assert,
  }) => {
    const kept = await stop('wish')
    const submission = await givenKeyed()
    await db.table('contact_questions').insert({
      id: newId(),
      client_id: submission.clientId,
      submission_id: submission.id,
      kind: 'same_person',
      stop_id: kept.id,
      stop_kind: 'wish',
      answer: 'no',
    })
    const contacts = await contactsOfSubmissions([submission.id], db)
    assert.equal(contacts.get(submission.id)?.stop, 'wish')
  })

  test('is told by a Latin name with birth date where there is no kana', async ({ assert }) => {
    await takeFile(
      `${HEAD}\n1000000016,,,1970-05-03,3999903,青嶺市大字上久保1234番地5,,,,,支援措置,,NGUYEN THI LAN`
    )
    const { submission } = await givenBooked({
      voucher_number: '',
      name_kana: 'Nguyen Thi Lan',
      name: 'NGUYEN THI LAN',
      birth_date: '1970-05-03',
    })
    assert.isTrue(await isProtected(submission.id))
  })

  test('is answered with all that follows: places of who has died are given back', async ({
    assert,
  }) => {
    await takeFile(`${HEAD}\n${HARUE},,,,,,,`)
    await givenKeyed({ voucher_number: '', birth_date: '' })
    await takeFile(`${HEAD}\n${HARUE},,,,,,死亡,`)
    const question = await db.from('contact_questions').firstOrFail()
    await answerQuestion(await person('kenko'), question.id, 'yes')
    assert.lengthOf(await db.from('bookings').where('state', 'booked'), 0)
  })
})

test.group('A client that says so', (group) => {
  group.each.setup(reset)

  test('has somebody called after all, whose wish was not free', async ({ assert }) => {
    await stop('guardian')
    await db.from('slots').update({ taken: db.raw('capacity') })
    const submission = await givenKeyed()
    assert.equal((await db.from('handovers').firstOrFail()).reason, 'full')
    const question = await db.from('contact_questions').where('kind', 'may_call').firstOrFail()
    await answerQuestion(await person('kenko'), question.id, 'yes')
    await drainFlow()
    const task = await db.from('tasks').where({ kind: 'call', state: 'open' }).firstOrFail()
    assert.equal(task.subject_id, submission.id)
    assert.equal((await db.from('handovers').firstOrFail()).state, 'asked')
  })

  test('has nobody called who refuses calls at their number', async ({ assert }) => {
    await stop('guardian')
    await db.from('slots').update({ taken: db.raw('capacity') })
    await givenKeyed()
    const client = await Visitor.loggedIn('kenko')
    await client.post('/stops/numbers', { phone: '0263001234', may: 'no' })
    const question = await db.from('contact_questions').where('kind', 'may_call').firstOrFail()
    await answerQuestion(await person('kenko'), question.id, 'yes')
    assert.lengthOf(await db.from('tasks').where({ kind: 'call', state: 'open' }), 0)
    assert.equal((await db.from('handovers').firstOrFail()).state, 'refused')
  })

  test('in its register that nobody is stopped any more, shows requests to all again', async ({
    assert,
  }) => {
    await takeFile(`${HEAD}\n${HARUE},,,,,支援措置,,`)
    const { submission } = await givenBooked()
    assert.isTrue(await isProtected(submission.id))
    await takeFile(`${HEAD}\n${HARUE},,,,,,,`)
    assert.isFalse(await isProtected(submission.id))
  })
})

test.group('A stop that was set by hand', (group) => {
  group.each.setup(reset)

  test('is known at the desk, though the register says nothing', async ({ assert }) => {
    await takeFile(`${HEAD}\n${HARUE},,,,,,,`)
    await stop('protection')
    const { service } = await vaccination()
    const desk = await Visitor.loggedIn('madoguchi')
    const { location } = await desk.post('/desk/visits', {
      channel: 'counter',
      service_id: service.id,
    })
    await desk.post(`${location}/whose`, { service_id: service.id, asked_by: 'self' })
    const page = await desk.post(`${location}/identification`, { number: '1234567897' })
    assert.include(page.text, '決められた職員')
    assert.notInclude(page.text, '上久保')
    const copy = await desk.post('/desk/copies', {
      service_id: service.id,
      number: '1234567897',
      count: '1',
    })
    assert.equal(copy.status, 422)
  })

  test('is seen by staff that a client names, and takes the name from again', async ({
    assert,
  }) => {
    const kenko = await Visitor.loggedIn('kenko')
    const { id, displayName } = await person('kenko')
    await db.from('users').where('id', id).update({ sees_protected: false })
    const button = async () => {
      const { text } = await kenko.get('/stops')
      assert.include(text, `<span>${displayName}</span>`)
      assert.notInclude(text, 'undefined')
      return /name="named" value="([01])"/.exec(text)![1]
    }
    assert.equal(await button(), '1')
    await kenko.post('/stops/named', { user_id: id, named: '1' })
    assert.equal(await button(), '0')
    await kenko.post('/stops/named', { user_id: id, named: '0' })
    assert.equal(await button(), '1')
    assert.lengthOf(await db.from('events').whereIn('verb', ['user.named', 'user.unnamed']), 2)
    const foreign = await person('kifu')
    const named = { user_id: foreign.id, named: '1' }
    assert.equal((await kenko.post('/stops/named', named)).status, 404)
  })

  test('marks what is booked later, also the second dose', async ({ assert }) => {
    await stop('protection')
    const { visit, submission } = await givenBooked()
    assert.isTrue(await isProtected(submission.id))
    assert.isTrue(
      await anotherDose(await person('admin'), visit, submission.id, '2026-autumn-second')
    )
    const second = await db
      .from('submissions')
      .where({ visit_id: visit.id, state: 'collecting' })
      .firstOrFail()
    assert.isTrue(second.protected)
  })

  test('leaves the work about them to named staff: its list, and what others have at hand', async ({
    assert,
  }) => {
    const submission = await givenKeyed()
    await askCorrection(await person('kenko'), submission, 'name', '字がちがいます')
    const leader = await Visitor.loggedIn('leader')
    assert.include((await leader.get('/work')).text, submission.receipt)
    const { location } = await leader.post('/work/assignments', { kind: 'correct' })
    assert.match(location!, /assignments/)
    await stop('protection')
    assert.isTrue(await isProtected(submission.id))
    assert.notInclude((await leader.get('/work')).text, submission.receipt)
    const [lease] = await db.from('assignments').whereIn('task_id', correctTasks())
    assert.equal(lease.ended_reason, 'withdrawn')
    await db.from('users').where('login', 'leader').update({ sees_protected: true })
    assert.include((await leader.get('/work')).text, submission.receipt)
  })

  test('ends alone: who is protected by something else stays so', async ({ assert }) => {
    const { submission } = await givenBooked()
    const first = await stop('protection')
    const second = await stop('protection', { who: { number: '1234567897' } })
    await endStop(await person('admin'), first)
    assert.isTrue(await isProtected(submission.id))
    await endStop(await person('admin'), second)
    assert.isFalse(await isProtected(submission.id))
  })

  test('by the center holds for requests of every client', async ({ assert }) => {
    const { submission } = await givenBooked()
    const center = await db.from('organizations').where('kind', 'center').firstOrFail()
    await stop('protection', { clientId: center.id })
    assert.isTrue(await isProtected(submission.id))
  })

  test('with another address sends there while it holds, and home after it', async ({ assert }) => {
    const kept = await stop('facility', { who: { number: '1234567897', ...ELSEWHERE } })
    await givenKeyed()
    const reply = await db.from('replies').firstOrFail()
    assert.equal((await letterOf(reply.id)).to.name, '山田 花子')
    await db.from('contact_stops').where('id', kept.id).update({ until: '2020-01-01' })
    const { service } = await vaccination()
    await planPrintRun(await person('leader'), service.clientId, newId(), runWishes())
    await drainFlow()
    assert.include((await letterOf(reply.id)).to.name, '山田 はるゑ')
  })

  test('with another address takes a printed letter home out of its run', async ({ assert }) => {
    const { service } = await vaccination()
    const leader = await person('leader')
    await givenKeyed()
    const planned = await planPrintRun(leader, service.clientId, newId(), runWishes())
    if (!planned.ok) throw new Error(planned.reason)
    await drainFlow()
    assert.isTrue(await markPrinted(leader, planned.run.id))
    await stop('guardian', { who: { number: '1234567897', ...ELSEWHERE } })
    assert.isFalse(await markPrinted(leader, planned.run.id))
    await drainFlow()
    const reply = await db.from('replies').firstOrFail()
    assert.equal(reply.state, 'ready')
    assert.equal((await letterOf(reply.id)).to.name, '山田 花子')
  })

  test('leaves the letters of the same run that are in their envelopes there', async ({
    assert,
  }) => {
    const { service } = await vaccination()
    const leader = await person('leader')
    await givenKeyed()
    const reply = await db.from('replies').firstOrFail()
    await givenBooked({ voucher_number: '4111111111' }, { channel: 'phone' })
    const planned = await planPrintRun(leader, service.clientId, newId(), runWishes())
    if (!planned.ok) throw new Error(planned.reason)
    await drainFlow()
    assert.isTrue(await markPrinted(leader, planned.run.id))
    const other = await db.from('sheets').whereNot('reply_id', reply.id).firstOrFail()
    assert.isTrue((await encloseSheet(leader, planned.run.id, other.code)).ok)
    await stop('guardian')
    assert.isFalse(await markPrinted(leader, planned.run.id))
    const states = await db.from('sheets').orderBy('number').select('id', 'state')
    assert.sameDeepMembers(
      states.map(({ id, state }) => [id === other.id, state]),
      [
        [true, 'enclosed'],
        [false, 'pulled'],
      ]
    )
  })
})

test.group('Calls that are joined', (group) => {
  group.each.setup(reset)

  async function couple() {
    const slot = await someSlot(0)
    const first = await givenBooked({}, { slotId: slot.id })
    await givenBooked(
      { voucher_number: '4111111111', name_kana: 'ヤマダ タロウ', name: '山田 太郎' },
      { slotId: slot.id }
    )
    const calendar = await Calendar.findOrFail(slot.calendar_id)
    return {
      first: first.submission.id,
      close: async () => {
        await closeDay(await person('leader'), calendar, slot.day, 'snow')
        await moveClosedDays()
      },
    }
  }

  test('fall apart when one ends: the other is called by themselves', async ({ assert }) => {
    const { close, first: harue } = await couple()
    await close()
    const joined = await db.from('call_backs').whereNotNull('together_with').firstOrFail()
    const first = await db.from('call_backs').where('id', joined.together_with).firstOrFail()
    await stop('deceased', {
      who: { number: first.submission_id === harue ? '1234567897' : '4111111111' },
    })
    const task = await db.from('tasks').where({ kind: 'call_back', state: 'open' }).firstOrFail()
    assert.equal(task.subject_id, joined.id)
    assert.isNull((await db.from('call_backs').where('id', joined.id).firstOrFail()).together_with)
  })

  test('never tell one of the other who is protected', async ({ assert }) => {
    const { close } = await couple()
    await stop('protection', { mayCall: true })
    await close()
    assert.lengthOf(await db.from('call_backs').whereNotNull('together_with'), 0)
    assert.lengthOf(await db.from('tasks').where({ kind: 'call_back', state: 'open' }), 2)
    // Who isn't named for her takes the other's call only.
    const desk = await Visitor.loggedIn('madoguchi')
    const { location } = await desk.post('/work/assignments', { kind: 'call_back' })
    assert.notInclude((await desk.get(location!)).text, '山田 はるゑ')
    const left = await Visitor.loggedIn('leader')
    const none = await left.post('/work/assignments', { kind: 'call_back' })
    assert.notMatch(none.location ?? '', /assignments\/[0-9a-f-]{36}/)
  })
})

test.group('Copies to family', (group) => {
  group.each.setup(reset)

  test('go to them alone, once, and not after the resident has withdrawn', async ({ assert }) => {
    const relative = await daughter()
    await givenKeyed()
    const copies = () => db.from('replies').whereNotNull('relative_id')
    const [copy] = await copies()
    assert.equal(copy.state, 'ready')
    const { to, text } = await letterOf(copy.id)
    assert.equal(to.name, '山田 花子')
    assert.include(text.title, '写し')
    // Composed anew, it is a copy still, and has none itself.
    await db.connection('owner').from('replies').update({ state: 'drafted' })
    for (const { id } of await db.from('replies'))
      await db.table('wakes').insert({ subject_type: 'reply', subject_id: id })
    await drainFlow()
    assert.equal((await letterOf(copy.id)).to.name, '山田 花子')
    assert.lengthOf(await db.from('replies'), 2)
    await withdrawRelative(await person('kenko'), relative, today())
    const { service } = await vaccination()
    const planned = await planPrintRun(
      await person('leader'),
      service.clientId,
      newId(),
      runWishes()
    )
    assert.isTrue(planned.ok && planned.run.planned === 1)
    assert.equal((await copies())[0].state, 'canceled')
  })
})

test.group('Protected people', (group) => {
  group.each.setup(reset)

  test('typed by hand by somebody else are told as an unknown name is, to the end', async ({
    assert,
  }) => {
    const told = async () => {
      const { visit } = await givenBooked({}, { channel: 'phone' })
      const desk = await Visitor.loggedIn('madoguchi')
      return (await desk.get(`/desk/visits/${visit.id}`)).text
    }
    const unknown = await told()
    assert.include(unknown, 'お送りします')
    await reset()
    await stop('protection')
    const { visit, submission } = await givenVisit(
      { voucher_number: '', name_kana: 'ヤマダ ハル' },
      'phone'
    )
    assert.isFalse(submission.protected)
    const desk = await Visitor.loggedIn('madoguchi')
    const values = Object.fromEntries(
      Object.entries(livePerson()).map(([key, value]) => [`values[${key}]`, value])
    )
    await desk.post(`/desk/visits/${visit.id}/details`, {
      ...values,
      'values[vaccines][]': 'influenza',
    })
    assert.isTrue(await isProtected(submission.id))
    const clerk = await person('madoguchi')
    await holdPlace(clerk, submission.id, (await someSlot()).id)
    await bookLive(clerk, submission.id)
    assert.include((await desk.get(`/desk/visits/${visit.id}`)).text, 'お送りします')
  })

  test('stay off pages of relatives and of what a register changes, but for named staff', async ({
    assert,
  }) => {
    await daughter()
    await stop('protection')
    const [client, admin] = [await Visitor.loggedIn('kenko'), await Visitor.loggedIn('admin')]
    await db.from('users').where('login', 'kenko').update({ sees_protected: false })
    assert.notInclude((await client.get('/relatives')).text, '山田 花子')
    assert.include((await admin.get('/relatives')).text, '山田 花子')
  })

  test('are helped at a desk that learns nothing: its clerk still hands over the paper', async ({
    assert,
  }) => {
    await stop('protection')
    const { submission } = await givenVisit()
    const desk = await Visitor.loggedIn('madoguchi')
    const paper = await desk.get(`/desk/submissions/${submission.id}/confirmation`)
    assert.equal(paper.status, 200)
    const other = await Visitor.loggedIn('leader')
    assert.equal((await other.get(`/desk/submissions/${submission.id}/confirmation`)).status, 404)
  })
})
