import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { notifyOfAlarms } from '#app/center/mail/notify_of_alarms'
import Mail from '#app/core/mail/mail'
import { removeOldMail } from '#app/core/mail/mail_kept'
import { newId } from '#app/core/ids'
import { drainFlow } from '#app/flow/sweeper'
import { allow } from '#tests/support/allow'
import { person } from '#tests/support/given'
import { openPostOffice, type PostOffice } from '#tests/support/post_office'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const OUTBOX = { mode: 'outbox', port: '587', security: 'starttls' }
const smtp = ({ port }: { port: number }) => ({
  mode: 'smtp',
  host: '127.0.0.1',
  port: String(port),
  security: 'none',
  sender: 'center@aone.example.jp',
  sender_name: '青嶺市テレワークセンター',
})

/** What waits for its next try is due. */
async function drainNow(): Promise<void> {
  await db.from('wakes').update({ at: db.raw('now()') })
  await drainFlow()
}

async function giveAddress(login: string): Promise<string> {
  const { id } = await person(login)
  await db
    .from('users')
    .where('id', id)
    .update({ email: `${login}@aone.example.jp` })
  return id
}

test.group('Mail', (group) => {
  group.each.setup(reset)
  const opened: PostOffice[] = []
  const office = async (rules?: Parameters<typeof openPostOffice>[0]) => {
    const one = await openPostOffice(rules)
    opened.push(one)
    return one
  }
  group.each.teardown(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()))
  })

  test('brings an invitation that lets in, and keeps nothing of it', async ({ assert }) => {
    const { port, mails } = await office({ login: ['center', '秘密'] })
    const admin = await Visitor.loggedIn('admin')
    await admin.get('/mail')
    const kept = await admin.post('/mail/server', {
      ...smtp({ port }),
      username: 'center',
      password: '秘密',
    })
    assert.equal(kept.location, '/mail')
    const id = await giveAddress('leader')
    assert.include((await admin.get(`/people/${id}`)).text, 'leader@aone.example.jp')
    await admin.post(`/people/${id}/invitation/mail`)
    await drainFlow()

    assert.lengthOf(mails, 1)
    const [mail] = mails
    assert.equal(mail.subject, '橋渡しのログインのご案内')
    assert.equal(mail.from?.text, '"青嶺市テレワークセンター" <center@aone.example.jp>')
    const password = /一度だけのパスワード: (\S+)/.exec(mail.text ?? '')?.[1]
    assert.isString(password)
    const visitor = new Visitor()
    await visitor.get('/login')
    await visitor.post('/login', { login: 'leader', password: password! })
    assert.equal((await visitor.get('/')).location, '/password')

    const row = await Mail.query().firstOrFail()
    assert.equal(row.state, 'sent')
    assert.isNull(row.content)
    assert.isNull((await db.from('data_keys').where('id', row.dataKeyId!).firstOrFail()).wrapped)
    const events = await db.from('events').whereIn('subject_type', ['mail', 'organization'])
    assert.notInclude(JSON.stringify(events), '秘密')
    assert.notInclude(JSON.stringify(events), password!)
  })

  test('waits while the server is away or refuses us, and leaves when it is back', async ({
    assert,
  }) => {
    const away = await office()
    await away.close()
    opened.length = 0
    const admin = await Visitor.loggedIn('admin')
    await admin.get('/mail')
    await admin.post('/mail/server', smtp(away))
    await admin.post('/mail/test', { to: 'leader@aone.example.jp' })
    await drainFlow()
    const mail = await Mail.query().firstOrFail()
    assert.equal(mail.state, 'queued')
    assert.equal(mail.reason, 'ESOCKET')
    assert.include((await admin.get('/mail')).text, 'サーバーにつながりません')

    const strict = await office({ login: ['center', 'right'], port: away.port })
    await admin.post('/mail/server', { ...smtp(away), username: 'center', password: 'wrong' })
    await drainNow()
    assert.equal((await mail.refresh()).state, 'queued')
    assert.equal(mail.reason, '535')
    await admin.post('/mail/server', { ...smtp(away), username: 'center', password: 'right' })
    await drainNow()
    assert.equal((await mail.refresh()).state, 'sent')
    assert.lengthOf(strict.mails, 1)
  })

  test('that the server refuses for good says so, and can be sent again or withdrawn', async ({
    assert,
  }) => {
    const { port, mails } = await office({ unknown: ['nobody@aone.example.jp'] })
    const admin = await Visitor.loggedIn('admin')
    await admin.get('/mail')
    await admin.post('/mail/server', smtp({ port }))
    await admin.post('/mail/test', { to: 'nobody@aone.example.jp' })
    await drainFlow()
    const mail = await Mail.query().firstOrFail()
    assert.equal(mail.state, 'failed')
    assert.equal(mail.reason, '550')
    await admin.post(`/mail/${mail.id}/again`)
    assert.equal((await mail.refresh()).state, 'queued')
    await drainFlow()
    assert.equal((await mail.refresh()).state, 'failed')
    await admin.post(`/mail/${mail.id}/withdrawal`)
    assert.equal((await mail.refresh()).state, 'withdrawn')
    assert.isNull(mail.content)
    await admin.post(`/mail/${mail.id}/again`)
    assert.equal((await mail.refresh()).state, 'withdrawn')
    assert.lengthOf(mails, 0)
  })

  test('stays in the outbox where nothing leaves, for who gives invitations to read', async ({
    assert,
  }) => {
    const admin = await Visitor.loggedIn('admin')
    await admin.get('/mail')
    assert.include((await admin.get('/mail')).text, 'まだ、メールの出し方が決まっていません')
    await admin.post('/mail/test', { to: 'leader@aone.example.jp' })
    assert.lengthOf(await Mail.query(), 0)
    await admin.post('/mail/server', OUTBOX)
    await admin.post('/mail/test', { to: 'leader@aone.example.jp' })
    await drainFlow()
    const mail = await Mail.query().firstOrFail()
    assert.equal(mail.state, 'kept')
    assert.include((await admin.get(`/mail/${mail.id}`)).text, 'leader@aone.example.jp')
    // Nothing leaves: it would wait for ever.
    await admin.post(`/mail/${mail.id}/again`)
    assert.equal((await mail.refresh()).state, 'kept')

    await allow('leader', ['home.see', 'clients.all', 'settings.change'])
    const other = await Visitor.loggedIn('leader')
    assert.equal((await other.get('/mail')).status, 200)
    assert.equal((await other.get(`/mail/${mail.id}`)).status, 404)

    await db.from('mails').update({ created_at: db.raw(`now() - interval '31 days'`) })
    await removeOldMail()
    assert.isNull((await mail.refresh()).content)
  })

  test('that nothing may leave after a restore waits', async ({ assert }) => {
    const { port, mails } = await office()
    const admin = await Visitor.loggedIn('admin')
    await admin.get('/mail')
    await admin.post('/mail/server', smtp({ port }))
    await db
      .table('standstills')
      .insert({ id: newId(), backup_at: new Date(), replayed: 0, events_until: 0 })
    await admin.post('/mail/test', { to: 'leader@aone.example.jp' })
    await drainFlow()
    assert.lengthOf(mails, 0)
    await admin.post('/backups/release')
    await drainNow()
    assert.lengthOf(mails, 1)
  })

  test('tells a fault that lasts, once', async ({ assert }) => {
    const { port, mails } = await office()
    const admin = await Visitor.loggedIn('admin')
    await admin.get('/mail')
    await admin.post('/mail/server', {
      ...smtp({ port }),
      alarms_to: 'a@aone.example.jp\nb@aone.example.jp',
    })
    const wrong = async (since: string) =>
      db
        .table('alarms')
        .insert({ fault: 'disk_low', since: db.raw(`now() - interval '${since}'`) })
        .onConflict('fault')
        .merge()
    await wrong('1 minute')
    await notifyOfAlarms()
    await drainFlow()
    assert.lengthOf(mails, 0)
    await wrong('3 minutes')
    await Promise.all([notifyOfAlarms(), notifyOfAlarms()])
    await notifyOfAlarms()
    await drainFlow()
    assert.sameMembers(
      mails.map(({ to }) => [to].flat()[0]?.text),
      ['a@aone.example.jp', 'b@aone.example.jp']
    )
    assert.include(mails[0].text, 'ディスクの空きが残り少なくなっています')
    assert.include(mails[0].text, 'nearly full')
  })

  test('refuses what is no address and no server, and forgets a password for another server', async ({
    assert,
  }) => {
    const admin = await Visitor.loggedIn('admin')
    await admin.get('/mail')
    const good = { ...smtp({ port: 25 }), username: 'center', password: 'secret' }
    for (const [field, value] of [
      ['host', 'mail server'],
      ['port', '70000'],
      ['sender', 'center'],
      ['alarms_to', 'a@aone.example.jp, b'],
      ['mode', 'pigeon'],
    ]) {
      const answer = await admin.post('/mail/server', { ...good, [field]: value })
      assert.equal(answer.status, 422, field)
      assert.include(answer.text, 'role="alert"')
      // What was typed is still there.
      assert.include(answer.text, 'value="center"')
      assert.notInclude(answer.text, 'secret')
    }
    assert.isNull(await db.from('mail_servers').first())
    await admin.post('/mail/server', good)
    const password = async () => (await db.from('mail_servers').firstOrFail()).sealed_password
    assert.isNotNull(await password())
    await db.from('mail_servers').update({ changed_at: '2020-01-01' })
    await admin.post('/mail/server', { ...good, password: '' })
    const { changed_at: changed } = await db.from('mail_servers').firstOrFail()
    assert.isAbove(new Date(changed).getFullYear(), 2020)
    assert.isNotNull(await password())
    await admin.post('/mail/server', { ...good, password: '', host: 'mail.example.jp' })
    assert.isNull(await password())
  })
})
