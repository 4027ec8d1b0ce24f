import router from '@adonisjs/core/services/router'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { PERMISSIONS } from '#app/people/permission'
import {
  givenKeyed,
  givenSubmission,
  keyAll,
  answers,
  person,
  runWishes,
} from '#tests/support/given'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import { drainFlow } from '#app/flow/sweeper'
import Organization from '#app/people/organization'
import { addRole } from '#app/people/roles/save_role'
import { openSessions } from '#app/people/sessions'
import User from '#app/people/user'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { receiveCall } from '#app/desk/calls/receive_call'
import { takeTicket } from '#app/desk/tickets/ticket_line'
import { givenMailing } from '#tests/support/given_mailing'
import { acceptPack, givenBatch } from '#tests/support/given_batch'
import { givenRegister, givenVisit } from '#tests/support/given_live'
import { askWhetherToCall } from '#app/registry/contact_questions'
import Service from '#app/catalog/service'
import { receiveLedger } from '#app/registry/ledger/receive_ledger'
import { keepStop } from '#app/registry/keep_stop'
import { registerRelative } from '#app/registry/relatives'
import { keepWish } from '#app/registry/wishes/keep_wish'
import { NOBODY } from '#app/registry/registered_person'
import { transition } from '#app/core/transition'
import { newId } from '#app/core/ids'
import { reset } from '#tests/support/reset'
import { takenOut } from '#tests/support/taken_out'
import { Visitor } from '#tests/support/visitor'
import { DEMO_PASSWORD } from '#database/seeders/demo'

interface RouteMiddleware {
  name?: string
  args?: unknown
}

function routes() {
  return Object.values(router.toJSON()).flat()
}

test.group('Every route', (group) => {
  group.each.setup(reset)

  test('asks for a permission that exists, or says that it is for everybody', async ({
    assert,
  }) => {
    assert.isAbove(routes().length, 30)
    for (const route of routes()) {
      const stack: RouteMiddleware[] = [...route.middleware.all()].map((one) =>
        typeof one === 'function' ? {} : one
      )
      const may = stack.find((one) => one.name === 'may')
      const everybody = stack.some((one) => one.name === 'everybody')
      assert.isTrue(
        Boolean(may) !== everybody,
        `${route.methods.join()} ${route.pattern} asks for none`
      )
      if (!may) continue
      assert.isTrue(
        PERMISSIONS.some((one) => one === may.args),
        route.pattern
      )
    }
  })

  test('sends who is not logged in to the login screen', async ({ assert }) => {
    const stranger = new Visitor()
    for (const path of [
      '/',
      '/scans',
      '/submissions',
      '/work',
      '/print-runs',
      '/calendars',
      '/exports',
      '/desk',
      '/calls',
      '/orders',
      '/register',
      '/tickets/display',
    ]) {
      const answer = await stranger.get(path)
      assert.equal(answer.location, '/login', path)
    }
  })

  test('gives a stranger client nothing but 404', async ({ assert }) => {
    const submission = await givenKeyed()
    const admin = await person('admin')
    const planned = await planPrintRun(admin, submission.clientId, newId(), runWishes())
    await drainFlow()
    const other = await Organization.firstOrCreate(
      { slug: 'tax' },
      { id: newId(), kind: 'client', name: '税務課' }
    )
    await User.firstOrCreate(
      { login: 'zeimu' },
      {
        id: newId(),
        organizationId: other.id,
        password: DEMO_PASSWORD,
        displayName: '税務課',
        role: 'client_admin',
        sites: ['center'],
      }
    )
    const stranger = await Visitor.loggedIn('zeimu')
    // Of another partner is what was handed on.
    const partner = await Visitor.loggedIn('silver')
    await givenRegister()
    await Visitor.loggedIn('operator4', 'home')
    const client = await Visitor.loggedIn('kenko')
    const { location } = await client.post('/orders', {
      title: '業務',
      service_id: (await db.from('services').where('slug', 'vaccination').firstOrFail()).id,
      direction: 'to_digital',
      due_on: addDays(today(), 3),
    })
    const order = location!.replace('/orders/', '')
    const row = async (table: string) =>
      (await db.from(table).select('id').firstOrFail()).id as string
    const stop = await keepStop(await person('kenko'), {
      clientId: submission.clientId,
      kind: 'wish',
      person: { number: '1000000008' },
      until: null,
      mayCall: false,
    })
    const relative = await registerRelative(
      await person('kenko'),
      submission.clientId,
      {
        of: { ...NOBODY, number: '1000000008' },
        name: '青 花',
        relation: '',
        phone: '',
        postcode: '',
        address: '',
      },
      { mayHear: true, mayChange: false, getsCopies: false, consentOn: today() }
    )
    const wish = await keepWish(await person('kenko'), {
      clientId: submission.clientId,
      of: { ...NOBODY, number: '1000000008' },
      typeSize: 22,
      email: '',
      agreedOn: today(),
    })
    await transition((t) => askWhetherToCall(t, submission, 'wish'))
    await givenVisit()
    await takeTicket()
    await receiveCall({ externalId: null, event: 'answered', number: '0263001234' })
    const { dataKeyId } = submission
    await db.table('backups').insert({ id: newId(), state: 'failed', reason: 'other' })
    await db.table('consultations').insert({
      id: newId(),
      client_id: submission.clientId,
      user_id: admin.id,
      topic: 'other',
      minutes: 5,
      data_key_id: dataKeyId,
      notes: Buffer.from('x'),
      state: 'open',
    })
    const posting = newId()
    await db.table('postings').insert({
      id: posting,
      client_id: submission.clientId,
      product: 'letter',
      mail_service: 'ordinary',
      no_forwarding: false,
      paid_by: 'account',
      office: '',
      envelope: 'long3',
      duplex: false,
      envelope_grams: 5,
      sheet_grams: 4,
      enclosed_grams: 0,
      created_by: admin.id,
    })
    await db.table('acceptance_checks').insert({
      id: newId(),
      handover_id: await row('handovers'),
      submission_id: submission.id,
      client_id: submission.clientId,
    })
    const service = await db.from('services').where('slug', 'vaccination').firstOrFail()
    const { at: exported } = await takenOut(client, { service_id: service.id })
    const donations = await Service.findByOrFail('slug', 'onestop')
    const ledger = { name: 'ledger.csv', content: Buffer.from('x') }
    const { id: ledgerImport } = await receiveLedger(await person('kifu'), donations, ledger)
    const made = await addRole(admin, await Organization.findByOrFail('kind', 'center'), {
      name: '夜',
      permissions: [],
    })
    const mail = newId()
    await db.table('mails').insert({ id: mail, purpose: 'test', state: 'failed' })
    const incident = newId()
    await db.table('incidents').insert({
      id: incident,
      client_id: submission.clientId,
      kind: 'loss',
      data_key_id: dataKeyId,
      story: Buffer.from('x'),
      known_at: new Date(),
      keys_leaked: false,
      improper: false,
      opened_by: admin.id,
    })
    const disclosure = newId()
    await db.table('disclosures').insert({
      id: disclosure,
      client_id: submission.clientId,
      submission_id: submission.id,
      ground: '決裁',
      records: '[]',
      asked_by: admin.id,
    })
    const disposal = newId()
    await db
      .table('disposals')
      .insert({ id: disposal, client_id: submission.clientId, cause: 'rule', state: 'proposed' })
    const seat = newId()
    await db.table('seat_bookings').insert({
      id: seat,
      slot_id: (await db.from('slots').firstOrFail()).id,
      user_id: (await person('operator1')).id,
      places: 1,
    })
    const batch = await givenBatch(await Visitor.loggedIn('leader'))
    const pack = await acceptPack(await Visitor.loggedIn('operator1'), batch)
    const mailing = await givenMailing(client)
    const span = newId()
    await db.table('activity_spans').insert({
      id: span,
      user_id: (await person('operator1')).id,
      kind: 'desk',
      state: 'asked',
      site: 'center',
      note: '窓口',
      started_at: '2026-11-27T09:00:00+09:00',
      ended_at: '2026-11-27T10:00:00+09:00',
    })
    await db.table('disputes').insert({
      id: newId(),
      user_id: (await person('operator1')).id,
      day: '2026-11-27',
      tasks: 1,
      minutes: 60,
    })
    const [session] = await openSessions((await person('leader')).id)
    // A foreign record for every address that names one, by how the address begins.
    const foreign: Record<string, string> = {
      '/account/sessions/:handle': session.handle,
      '/articles/:id': await row('articles'),
      '/batches/:id': batch.split('/').at(-1)!,
      '/work/offers/:id': batch.split('/').at(-1)!,
      '/work/packs/:id': pack.split('/').at(-1)!,
      '/work-kinds/:id': await row('work_kinds'),
      '/teams/:id': newId(),
      '/mailings/:id': mailing.split('/').at(-1)!,
      '/letter-templates/:id': await row('letter_templates'),
      '/partners/:id': await row('partners'),
      '/calendars/:id': await row('calendars'),
      '/calls/:id': await row('calls'),
      '/checks/:id': await row('acceptance_checks'),
      '/backups/:id': await row('backups'),
      '/consultations/:id': await row('consultations'),
      '/seats/:id': seat,
      '/referrals/:id': await row('consultations'),
      '/consents/:id': newId(),
      '/disclosures/:id': disclosure,
      '/disposals/:id': disposal,
      '/incidents/:id': incident,
      '/residents/:id': submission.id,
      '/desk/bookings/:id': await row('bookings'),
      '/desk/copies/:id': submission.id,
      '/desk/submissions/:id': submission.id,
      '/desk/visits/:id': await row('visits'),
      '/exports/:id': exported.split('/').at(-1)!,
      '/lessons/:id': await row('lessons'),
      '/mail/:id': mail,
      '/operators/:id': admin.id,
      '/orders/:id': order,
      '/organizations/:id': submission.clientId,
      '/pages/:id': await row('pages'),
      '/people/:id': admin.id,
      '/postings/:id': posting,
      '/print-runs/:id': planned.ok ? planned.run.id : '',
      '/register/:id': await row('register_imports'),
      '/ledger/:id': ledgerImport,
      '/relatives/:id': relative,
      '/replies/:id': await row('replies'),
      '/roles/:id': made.ok ? made.role.id : '',
      '/scans/:id': await row('scans'),
      '/services/:slug': 'vaccination',
      '/setup/:code': 'x',
      '/stops/:id': stop.ok ? stop.id : '',
      '/wishes/:id': wish!,
      '/stops/questions/:id': await row('contact_questions'),
      '/account/factors/:id': await row('second_factors'),
      '/bus-stops/:id': await row('stops'),
      '/submissions/:id': submission.id,
      '/tickets/:id': await row('tickets'),
      '/work/recent/:id': await row('assignments'),
      '/work/approvals/:id': span,
      '/board/services/:id': await row('services'),
      '/work/log/:id': span,
      '/work/log/days/:day': '2026-12-10',
      '/work/log/disputes/:id': await row('disputes'),
      '/work/approvals/disputes/:id': await row('disputes'),
      '/work/assignments/:id': await row('assignments'),
    }
    /** What else stands in addresses; it exists, so that only whose it is can be the reason for a 404. */
    const others = {
      ':group': 'name',
      ':key': 'name',
      ':name': 'example_ab.png',
      ':number': '1',
      ':kind': 'booked',
      ':which': 'first',
      ':place': 'p1',
      ':page': '1',
      ':day': '2026-12-10',
      ':draft': 'letter',
      ':loan': newId(),
      ':piece': '1',
      ':picture': newId(),
      ':file': newId(),
      ':id': 'p1',
    }
    for (const route of routes().filter(({ pattern }) => pattern.includes(':'))) {
      const begins = Object.keys(foreign).find(
        (one) => route.pattern === one || route.pattern.startsWith(`${one}/`)
      )
      if (!begins) return assert.fail(`no foreign record is tried for ${route.pattern}`)
      assert.isNotEmpty(foreign[begins], begins)
      let path = route.pattern.replace(begins, begins.replace(/:\w+$/, foreign[begins]))
      for (const [name, value] of Object.entries(others)) path = path.replace(name, value)
      assert.notInclude(path, ':', route.pattern)
      for (const who of [stranger, partner])
        for (const method of route.methods.filter((one) => one !== 'HEAD')) {
          const answer =
            method === 'GET'
              ? await who.get(path)
              : method === 'POST'
                ? await who.post(path)
                : method === 'PUT'
                  ? await who.put(path)
                  : await who.delete(path)
          assert.equal(answer.status, 404, `${method} ${path}`)
        }
    }
    const list = await stranger.get('/submissions')
    assert.notInclude(list.text, submission.receipt)
    assert.notInclude(
      (await stranger.post('/submissions/searches', { q: submission.receipt })).text,
      `/submissions/${submission.id}`
    )
    assert.notInclude((await stranger.get('/exports')).text, '全項目')
  })

  test('shows a client its own submissions, and operators none', async ({ assert }) => {
    const submission = await givenSubmission()
    await keyAll(answers())
    const client = await Visitor.loggedIn('kenko')
    assert.include((await client.get('/submissions')).text, submission.receipt)
    assert.equal((await client.get(`/submissions/${submission.id}`)).status, 200)
    assert.equal((await client.get('/scans')).status, 404)
    const operator = await Visitor.loggedIn('operator1')
    for (const path of [
      '/submissions',
      `/submissions/${submission.id}`,
      '/scans',
      '/print-runs',
      '/calendars',
    ])
      assert.equal((await operator.get(path)).status, 404, path)
  })
})
