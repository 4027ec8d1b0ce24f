import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Mail from '#app/core/mail/mail'
import { readInbox } from '#app/core/mail/read_inbox'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { openLivingSealers, openSealer } from '#app/core/sealing'
import { drainFlow } from '#app/flow/sweeper'
import { transition } from '#app/core/transition'
import { answerAgain } from '#app/replies/answer_again'
import { frozenVersion, newestVersion } from '#app/catalog/frozen_version'
import { keepStop } from '#app/registry/keep_stop'
import { NOBODY } from '#app/registry/registered_person'
import { registerRelative } from '#app/registry/relatives'
import ReplyWish from '#app/registry/wishes/reply_wish'
import type { Letter } from '#app/replies/letter'
import { letterSealContext } from '#app/replies/letter_seal_context'
import Reply from '#app/replies/reply'
import Submission from '#app/submissions/submission'
import { givenKeyed, person, vaccination } from '#tests/support/given'
import { givenRegister } from '#tests/support/given_live'
import { givenWish as givenWishOf } from '#tests/support/given_wish'
import { approved, givenMailing, handInList } from '#tests/support/given_mailing'
import { openMailbox, report, type Mailbox } from '#tests/support/mailbox'
import { openPostOffice, type PostOffice } from '#tests/support/post_office'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const HARU = { kana: 'ヤマダ ハルエ', name: '山田 はるゑ', birthDate: 'S19.5.3' }
const ADDRESS = 'haru@example.jp'

/** Makes due what waits for its next try. */
async function drainNow(): Promise<void> {
  await db.from('wakes').update({ at: db.raw('now()') })
  await drainFlow()
}

/** The newest, of which others may be copies. */
const answer = () =>
  db.from('replies').whereNull('relative_id').orderBy('created_at', 'desc').firstOrFail()

test.group('Answers by e-mail', (group) => {
  group.each.setup(reset)
  const opened: { close(): Promise<void> }[] = []
  group.each.teardown(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()))
  })
  const kept = <T extends { close(): Promise<void> }>(one: T): T => {
    opened.push(one)
    return one
  }

  async function givenServer(unknown: string[] = [], port?: number): Promise<PostOffice> {
    const office = kept(await openPostOffice({ unknown, port }))
    const admin = await Visitor.loggedIn('admin')
    await admin.post('/mail/server', {
      mode: 'smtp',
      host: '127.0.0.1',
      port: String(office.port),
      security: 'none',
      sender: 'center@aone.example.jp',
    })
    return office
  }

  async function givenInbox(): Promise<Mailbox> {
    const box = kept(await openMailbox(['center', 'secret']))
    const admin = await Visitor.loggedIn('admin')
    const { location } = await admin.post('/mail/inbox', {
      host: '127.0.0.1',
      port: String(box.port),
      security: 'none',
      username: 'center',
      password: 'secret',
    })
    if (location !== '/mail/inbox') throw new Error('no mailbox')
    return box
  }

  const wish = async (desk: Visitor, more: Record<string, string> = {}) => {
    const { service } = await vaccination()
    return desk.post('/wishes', {
      ...HARU,
      client_id: service.clientId,
      agreed_on: today(),
      email: ADDRESS,
      ...more,
    })
  }

  /** 山田 はるゑ wants mail, and has told the number that she got. */
  async function givenWish(office: PostOffice, more = {}): Promise<ReplyWish> {
    const desk = await Visitor.loggedIn('madoguchi')
    await wish(desk, more)
    await drainFlow()
    const { text } = office.mails.splice(0)[0]
    const code = /確認の数字: (\d{4})/.exec(text ?? '')![1]
    const row = await ReplyWish.query().where('state', 'unconfirmed').firstOrFail()
    await desk.post(`/wishes/${row.id}/confirmation`, { code })
    return row.refresh()
  }

  test('go to who wants them, and has told the number that was mailed', async ({ assert }) => {
    const office = await givenServer()
    const desk = await Visitor.loggedIn('madoguchi')
    const answered = await wish(desk, { email: 'ｈａｒｕ＠example.jp' })
    assert.equal(answered.location, '/wishes')
    await drainFlow()
    assert.lengthOf(office.mails, 1)
    const [asking] = office.mails.splice(0)
    const code = /確認の数字: (\d{4})/.exec(asking.text ?? '')![1]
    assert.notInclude(asking.text, '山田')
    // Before the number is told, all goes on paper.
    await givenKeyed()
    assert.include(await answer(), { product: 'letter', state: 'ready' })
    const row = await ReplyWish.firstOrFail()
    const wrong = String((Number(code) + 1) % 10_000).padStart(4, '0')
    await desk.post(`/wishes/${row.id}/confirmation`, { code: wrong })
    assert.equal((await row.refresh()).state, 'unconfirmed')
    await desk.post(`/wishes/${row.id}/confirmation`, { code: ` ${code} ` })
    assert.equal((await row.refresh()).state, 'active')

    const submission = await givenKeyed()
    await drainFlow()
    const reply = await Reply.query().orderBy('created_at', 'desc').firstOrFail()
    assert.include(await answer(), { product: 'mail', state: 'mailed', file: null })
    assert.lengthOf(office.mails, 1)
    const [mail] = office.mails
    assert.equal(mail.subject, '【青嶺市】お返事があります')
    assert.include(mail.text, '山田 はるゑ 様')
    assert.include(mail.text, submission.receipt)
    assert.notInclude(mail.text, '上久保')
    assert.notMatch(mail.text ?? '', /[{}]/)
    assert.equal((mail.to as { text: string }).text, ADDRESS)
    assert.equal((await submission.refresh()).state, 'closed')
    const page = (await desk.get(`/submissions/${submission.id}`)).text
    assert.include(page, 'メールずみ')
    const read = await desk.get(`/replies/${reply.id}/mail`)
    assert.include(read.text, '山田 はるゑ 様')
    const looked = await db.from('events').where({ verb: 'reply.viewed', subject_id: reply.id })
    assert.lengthOf(looked, 1)
    // Who keeps the outbox doesn't read what residents are told.
    const admin = await Visitor.loggedIn('admin')
    assert.notInclude((await admin.get(`/mail/${reply.mailId}`)).text, '山田')
  })

  test('that come back go on paper, and so does all else until it is confirmed anew', async ({
    assert,
  }) => {
    const office = await givenServer()
    const box = await givenInbox()
    const row = await givenWish(office)
    const submission = await givenKeyed()
    await drainFlow()
    assert.equal((await submission.refresh()).state, 'closed')
    const [{ messageId }] = office.mails
    box.bring('From: haru@example.jp\nSubject: Re: answer\n\nThank you\n')
    box.bring(report('<0192f0aa-0000-7000-8000-000000000000@elsewhere.example.jp>'))
    box.bring(report(messageId!, 'delayed'))
    await readInbox()
    await drainFlow()
    assert.equal((await Reply.firstOrFail()).state, 'mailed')
    box.bring(report(messageId!))
    await readInbox()
    await drainFlow()
    const reply = await answer()
    assert.include(reply, { product: 'letter', state: 'ready', on_paper: true })
    assert.isString(reply.file)
    assert.equal((await row.refresh()).state, 'failed')
    assert.equal((await submission.refresh()).state, 'replying')
    assert.equal((await Mail.findOrFail(messageId!.slice(1, 37))).state, 'returned')
    // People's mail, and what names none of ours, stays unread.
    assert.deepEqual(
      box.flags().map((flags) => flags.includes('\\Seen')),
      [false, false, true, true]
    )
    const admin = await Visitor.loggedIn('admin')
    assert.include((await admin.get('/mail/inbox')).text, '2 通あります')
    const history = (await admin.get(`/submissions/${submission.id}`)).text
    assert.include(history, 'メールが届かなかったので、紙で送ります')
    // Read once more nothing changes.
    await readInbox()
    await drainFlow()
    assert.equal((await Reply.firstOrFail()).state, 'ready')
  })

  test('that the server refuses, or that somebody withdraws, go on paper', async ({ assert }) => {
    const office = await givenServer()
    const row = await givenWish(office)
    await office.close()
    await givenServer([ADDRESS], office.port)
    await givenKeyed()
    await drainNow()
    assert.include(await answer(), { product: 'letter', state: 'ready', mail_id: null })
    assert.equal((await row.refresh()).state, 'failed')
    const refused = await db
      .from('mails')
      .where({ purpose: 'reply', state: 'failed' })
      .firstOrFail()
    // It goes on paper by now: not by mail as well.
    await (await Visitor.loggedIn('admin')).post(`/mail/${refused.id}/again`)
    assert.equal((await Mail.findOrFail(refused.id)).state, 'failed')
  })

  test('wait for the server, and are asked again before they leave', async ({ assert }) => {
    const office = await givenServer()
    await givenWish(office)
    await office.close()
    const submission = await givenKeyed()
    const waiting = await Reply.firstOrFail()
    assert.include(await answer(), { product: 'mail', state: 'ready' })
    assert.equal((await Mail.findOrFail(waiting.mailId!)).state, 'queued')
    const { service } = await vaccination()
    // Set behind the listeners' back, as by a register that says so since.
    await db.from('mails').update({ claimed_until: null })
    await keepStop(await person('kenko'), {
      clientId: service.clientId,
      kind: 'deceased',
      person: { number: '1234567897', kana: 'ヤマダ ハルエ', birthDate: '1944-05-03' },
      until: null,
      mayCall: false,
    })
    await drainFlow()
    assert.equal((await waiting.refresh()).state, 'stopped')
    const mail = await db.from('mails').where('id', waiting.mailId!).firstOrFail()
    assert.include(mail, { state: 'withdrawn', content: null })
    const back = await givenServer([], office.port)
    await drainNow()
    assert.lengthOf(back.mails, 0)
    assert.equal((await Submission.findOrFail(submission.id)).state, 'closed')
  })

  test('don’t leave once the wish has ended, or somebody has withdrawn them', async ({
    assert,
  }) => {
    const office = await givenServer()
    const row = await givenWish(office)
    await office.close()
    await givenKeyed()
    const first = await answer()
    assert.equal(first.product, 'mail')
    const desk = await Visitor.loggedIn('madoguchi')
    await desk.post(`/wishes/${row.id}/ending`)
    const back = await givenServer([], office.port)
    await drainNow()
    assert.lengthOf(back.mails, 0)
    assert.include(await answer(), { product: 'letter', state: 'ready', on_paper: false })
    assert.include(await db.from('mails').where('id', first.mail_id).firstOrFail(), {
      state: 'withdrawn',
      content: null,
    })
    // The same by who keeps the outbox.
    await givenWish(back)
    await back.close()
    await db.from('sheets').delete()
    await givenKeyed()
    const second = await answer()
    assert.equal(second.product, 'mail')
    const admin = await Visitor.loggedIn('admin')
    await admin.post(`/mail/${second.mail_id}/withdrawal`)
    await drainNow()
    assert.include(await answer(), { product: 'letter', state: 'ready', on_paper: true })
  })

  test('are paper where nothing leaves, though the address is confirmed', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    await admin.post('/mail/server', { mode: 'outbox', port: '587', security: 'starttls' })
    const desk = await Visitor.loggedIn('madoguchi')
    assert.include((await desk.get('/wishes')).text, '相手には届きません')
    await wish(desk)
    const row = await ReplyWish.firstOrFail()
    const content = await (await Mail.findOrFail(row.mailId!)).open()
    await desk.post(`/wishes/${row.id}/confirmation`, {
      code: /確認の数字: (\d{4})/.exec(content!.text)![1],
    })
    assert.equal((await row.refresh()).state, 'active')
    await givenKeyed()
    assert.include(await answer(), { product: 'letter', state: 'ready' })
  })

  test('wait where the server takes nothing from us: the address is not at fault', async ({
    assert,
  }) => {
    const office = await givenServer()
    const row = await givenWish(office)
    await office.close()
    const strict = kept(
      await openPostOffice({ stranger: 'center@aone.example.jp', port: office.port })
    )
    await givenKeyed()
    await drainNow()
    assert.lengthOf(strict.mails, 0)
    const waiting = await answer()
    assert.include(waiting, { product: 'mail', state: 'ready' })
    assert.equal((await Mail.findOrFail(waiting.mail_id)).state, 'queued')
    assert.equal((await row.refresh()).state, 'active')
  })

  test('go to nobody who only has the same number, or the same name and birthday', async ({
    assert,
  }) => {
    const office = await givenServer()
    const row = await givenWish(office, { number: '1234567897' })
    const desk = await Visitor.loggedIn('madoguchi')
    // A number alone is no reason to mail anything.
    const alone = { kana: '', name: '', birthDate: '', number: '1234567897' }
    assert.equal((await wish(desk, alone)).status, 422)
    const others: Record<string, string>[] = [
      { name_kana: 'サトウ ハナ', name: '佐藤 花', birth_date: '1950-01-01' },
      { name: '山田 春江' },
    ]
    for (const other of others) {
      await givenKeyed(other)
      assert.equal((await answer()).product, 'letter', other.name)
    }
    assert.equal((await row.refresh()).state, 'active')
  })

  test('are paper for family, for who gets her mail instead, and where the service says so', async ({
    assert,
  }) => {
    const office = await givenServer()
    await givenWish(office)
    const { service } = await vaccination()
    const client = await person('kenko')
    const her = { number: '1234567897', kana: 'ヤマダ ハルエ', birthDate: '1944-05-03' }
    const there = { postcode: '3999903', address: '青嶺市大字上久保2番地' }
    await registerRelative(
      client,
      service.clientId,
      { of: { ...NOBODY, ...her }, name: '山田 花子', relation: '長女', phone: '', ...there },
      { mayHear: true, mayChange: false, getsCopies: true, consentOn: today() }
    )
    await givenKeyed()
    await drainFlow()
    const both = await db.from('replies').orderBy('created_at').select('product', 'relative_id')
    assert.deepEqual(
      both.map((one) => [one.product, one.relative_id !== null]),
      [
        ['mail', false],
        ['letter', true],
      ]
    )
    const paperOnly = await frozenVersion((await newestVersion(service.id)).id)
    const { replies } = paperOnly.description
    const { mailed } = replies
    replies.mailed = mailed?.filter((kind) => kind !== 'already')
    await givenKeyed()
    replies.mailed = mailed
    assert.deepEqual([(await answer()).kind, (await answer()).product], ['already', 'letter'])
    const stopped = await keepStop(client, {
      clientId: service.clientId,
      kind: 'guardian',
      person: {
        ...her,
        sendTo: '青嶺市大字上久保3番地',
        sendToPostcode: '3999903',
        sendToName: '後見 一',
      },
      until: null,
      mayCall: false,
    })
    assert.isTrue(stopped.ok)
    await givenKeyed()
    assert.equal((await answer()).product, 'letter')
  })

  test('are asked again by what the register says meanwhile', async ({ assert }) => {
    await givenRegister()
    const office = await givenServer()
    await givenWish(office)
    await office.close()
    await givenKeyed()
    const waiting = await Reply.firstOrFail()
    assert.equal(waiting.product, 'mail')
    // No listener hears of this.
    await db.from('register_people').update({ stop_kind: 'wish' })
    const back = await givenServer([], office.port)
    await drainNow()
    assert.lengthOf(back.mails, 0)
    assert.equal((await waiting.refresh()).state, 'stopped')
    assert.equal((await Mail.findOrFail(waiting.mailId!)).state, 'withdrawn')
  })

  test('that come back are not printed where another has answered since', async ({ assert }) => {
    const office = await givenServer()
    const box = await givenInbox()
    const row = await givenWish(office)
    const submission = await givenKeyed()
    await drainFlow()
    const version = await frozenVersion(submission.serviceVersionId)
    const { revisionId } = await Reply.firstOrFail()
    await submission.refresh()
    await transition((t) =>
      answerAgain(t, { submission, version }, revisionId!, 'canceled', 'later')
    )
    await drainNow()
    box.bring(report(office.mails[0].messageId!))
    await readInbox()
    await drainFlow()
    const kinds = await db.from('replies').orderBy('created_at').select('kind', 'state')
    assert.deepEqual(kinds, [
      { kind: 'booked', state: 'mailed' },
      { kind: 'canceled', state: 'mailed' },
    ])
    await db.table('revisions').insert({
      id: newId(),
      submission_id: submission.id,
      number: 2,
      cause: 'corrected',
    })
    box.bring(report(office.mails[1].messageId!))
    await readInbox()
    await drainFlow()
    assert.lengthOf(await db.from('replies').where('state', 'mailed'), 2)
    assert.equal((await row.refresh()).state, 'failed')
  })

  test('or letters of a list are as large as somebody has wished', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const { service } = await vaccination()
    await givenWishOf(await person('kenko'), service.clientId, { typeSize: 22 })
    const mailing = await givenMailing(client)
    const row = (at: number, name: string, kana: string, birth: string) =>
      `399-9903,長野県青嶺市上久保${at}番地,${name},${kana},${birth},12月1日,公民館`
    await handInList(
      client,
      mailing,
      [
        '郵便番号,住所,氏名,カナ氏名,生年月日,健診日,会場',
        row(1, '山田 はるゑ', 'ヤマダ ハルエ', 'S19.5.3'),
        row(2, '青嶺 二', 'アオネ ニ', 'S20.5.3'),
      ].join('\r\n')
    )
    await approved(client, await Visitor.loggedIn('kacho'), mailing)
    const replies = await Reply.query().orderBy('place')
    const sealers = await openLivingSealers(replies.map((one) => one.dataKeyId))
    const sizes = replies.map((one) => {
      const letter = sealers
        .get(one.dataKeyId)!
        .openJson<Letter>(letterSealContext(one.id), one.inputs!)
      return [letter.to.name, letter.size]
    })
    assert.deepEqual(Object.fromEntries(sizes), { '山田 はるゑ': 22, '青嶺 二': 18 })
  })

  test('are nobody’s to see who may not', async ({ assert }) => {
    const { service } = await vaccination()
    await givenWishOf(await person('kenko'), service.clientId, { typeSize: 22 })
    const desk = await Visitor.loggedIn('madoguchi')
    assert.include((await desk.get('/wishes')).text, '山田 はるゑ')
    assert.notInclude((await (await Visitor.loggedIn('kotsu')).get('/wishes')).text, '山田 はるゑ')
    await keepStop(await person('kenko'), {
      clientId: service.clientId,
      kind: 'protection',
      person: { kana: 'ヤマダ ハルエ', birthDate: '1944-05-03' },
      until: null,
      mayCall: false,
    })
    assert.notInclude((await desk.get('/wishes')).text, '山田 はるゑ')
    const { id } = await ReplyWish.firstOrFail()
    assert.equal((await desk.post(`/wishes/${id}/ending`)).status, 404)
    assert.include(
      (await wish(desk, { email: '', type_size: '12' })).text,
      'お送りしないことになっている'
    )
    assert.include((await (await Visitor.loggedIn('kenko')).get('/wishes')).text, '山田 はるゑ')
  })

  test('need a mailbox that opens: why it doesn’t is said', async ({ assert }) => {
    const box = await givenInbox()
    await readInbox()
    const admin = await Visitor.loggedIn('admin')
    assert.include((await admin.get('/mail/inbox')).text, '最後に読んだのは')
    const typed = { host: '127.0.0.1', port: String(box.port), security: 'none' }
    const elsewhere = await admin.post('/mail/inbox', { ...typed, username: 'other' })
    assert.equal(elsewhere.status, 422)
    assert.include(elsewhere.text, 'パスワードも入れてください')
    await admin.post('/mail/inbox', { ...typed, username: 'center', password: 'wrong' })
    await admin.post('/mail/inbox/reading')
    assert.include((await admin.get('/mail/inbox')).text, 'EAUTH')
    await box.close()
    await readInbox()
    assert.include((await admin.get('/mail/inbox')).text, 'サーバーにつながりません')
    await admin.post('/mail/inbox/forgetting')
    assert.isNull(await db.from('mail_inboxes').first())
    assert.equal((await admin.post('/mail/inbox', { ...typed, port: 'x' })).status, 422)
  })

  test('are guessed at by nobody: after some wrong numbers another is mailed', async ({
    assert,
  }) => {
    const office = await givenServer()
    const desk = await Visitor.loggedIn('madoguchi')
    await wish(desk)
    await drainFlow()
    const told = () => /確認の数字: (\d{4})/.exec(office.mails.at(-1)!.text ?? '')![1]
    const row = await ReplyWish.firstOrFail()
    const first = told()
    const wrong = String((Number(first) + 1) % 10_000).padStart(4, '0')
    for (let time = 0; time < 5; time++)
      await desk.post(`/wishes/${row.id}/confirmation`, { code: wrong })
    await desk.post(`/wishes/${row.id}/confirmation`, { code: first })
    assert.equal((await row.refresh()).state, 'unconfirmed')
    await desk.post(`/wishes/${row.id}/asking`)
    await drainFlow()
    assert.lengthOf(office.mails, 2)
    await desk.post(`/wishes/${row.id}/confirmation`, { code: told() })
    assert.equal((await row.refresh()).state, 'active')
    // One wish of a person at a time; what is no wish any more can't be confirmed.
    await wish(desk, { email: '', type_size: '14' })
    assert.equal((await row.refresh()).state, 'ended')
    assert.equal((await desk.post(`/wishes/${row.id}/asking`)).status, 302)
    assert.equal((await row.refresh()).state, 'ended')
  })

  test('are paper where nothing says so, with the size that was wished for', async ({ assert }) => {
    const desk = await Visitor.loggedIn('madoguchi')
    assert.equal((await wish(desk)).status, 422)
    const nobody = await wish(desk, { email: '', type_size: '22', kana: '' })
    assert.include(nobody.text, 'どなたかを決めるには')
    assert.equal((await wish(desk, { email: '' })).status, 422)
    const ofNobody = await wish(desk, { email: '', type_size: '22', client_id: '' })
    assert.include(ofNobody.text, '課をえらんでください')
    assert.equal((await wish(desk, { email: 'haru', type_size: '22' })).status, 422)
    assert.equal((await wish(desk, { email: '', type_size: '22' })).location, '/wishes')
    await givenKeyed()
    const reply = await Reply.firstOrFail()
    assert.deepEqual([reply.product, reply.state], ['letter', 'ready'])
    const sealer = await openSealer(reply.dataKeyId)
    const letter = sealer.openJson<Letter>(letterSealContext(reply.id), reply.inputs!)
    assert.equal(letter.size, 22)
    assert.lengthOf(await db.from('mails'), 0)
    // What a form asks for counts before it.
    await givenKeyed({ type_size: 'huge', name_kana: 'ヤマダ ハルエ' })
    const other = await Reply.query().orderBy('created_at', 'desc').firstOrFail()
    const asked = (await openSealer(other.dataKeyId)).openJson<Letter>(
      letterSealContext(other.id),
      other.inputs!
    )
    assert.equal(asked.size, 24)
  })
})
