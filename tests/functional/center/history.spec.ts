import ace from '@adonisjs/core/services/ace'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { dropDays } from '#app/center/audit/drop_days'
import { sealEvents, sealRestored } from '#app/center/audit/seal_events'
import { verifyEvents } from '#app/center/audit/verify_events'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { requeue } from '#app/core/queue'
import { newId } from '#app/core/ids'
import { placeLegalHold } from '#app/submissions/legal_hold'
import { eraseSubmission } from '#app/submissions/erase_submission'
import { givenKeyed, givenSubmission, person } from '#tests/support/given'
import { givenRegister } from '#tests/support/given_live'
import { transition } from '#app/core/transition'
import { beginStandstill } from '#app/core/standstill'
import { reset } from '#tests/support/reset'
import { sealAll } from '#tests/support/seal_all'
import { Visitor } from '#tests/support/visitor'

const owner = () => db.connection('owner')

/** So many events that happened on a day, each in a transaction of its own. */
async function happened(count: number, day: string): Promise<void> {
  for (let index = 0; index < count; index++)
    await db.table('events').insert({
      verb: 'test.happened',
      subject_type: 'test',
      subject_id: newId(),
      at: `${day}T12:00:00+09:00`,
    })
}

async function verbsOf(login: string): Promise<string[]> {
  const { id } = await person(login)
  const rows: { verb: string }[] = await db
    .from('events')
    .where('actor_id', id)
    .orderBy('sequence')
    .select('verb')
  return rows.map((row) => row.verb)
}

test.group('The history of events', (group) => {
  group.each.setup(reset)

  test('is added to by the application, and changed by nobody but the owner', async ({
    assert,
  }) => {
    await happened(1, '2026-11-20')
    for (const statement of [
      `update events set verb = 'x'`,
      'delete from events',
      'truncate events',
      `update event_seals set position = 9`,
      'delete from event_days',
      'drop table events',
      'alter table events disable trigger all',
    ])
      await assert.rejects(() => db.rawQuery(statement), /permission denied|must be owner/)
    // It does its own work all the same, each queue's first job too.
    for (const type of ['scan', 'page', 'reply'] as const)
      await requeue({ type, id: newId() }, false)
    const { rows } = await db.rawQuery(
      `select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user`
    )
    assert.deepEqual(rows[0], { rolsuper: false, rolcreaterole: false, rolcreatedb: false })
  })

  test('is sealed in the order of commit, and whoever writes waits for nobody', async ({
    assert,
  }) => {
    const open = await db.transaction()
    await open
      .table('events')
      .insert({ verb: 'test.open', subject_type: 'test', subject_id: newId() })
    await happened(3, '2026-11-20')
    // What a transaction that is still open may come before isn't sealed yet.
    assert.equal(await sealEvents(), 0)
    await open.commit()
    assert.equal(await sealAll(), 4)
    const { rows } = await db.rawQuery(
      `select bool_and(ordered) as ordered from (select e.transaction >= lag(e.transaction, 1, '0') over (order by s.day, s.position) as ordered
         from event_seals s join events e on e.sequence = s.sequence) o`
    )
    assert.isTrue(rows[0].ordered)
    assert.deepInclude(await verifyEvents(), { events: 4, unsealed: 0, tampered: null })
  })

  test('names the first event that was changed, removed or slipped in', async ({ assert }) => {
    await happened(5, '2026-11-20')
    await sealAll()
    await happened(4, '2026-11-21')
    await sealAll()
    assert.deepInclude(await verifyEvents(), { events: 9, tampered: null })
    const rows = await db.from('events').orderBy('sequence')
    const tampered = async () => (await verifyEvents()).tampered
    const undo = async (sequence: number, values: Record<string, unknown>) =>
      owner().from('events').where('sequence', sequence).update(values)

    await undo(rows[6].sequence, { verb: 'test.changed' })
    assert.deepEqual(await tampered(), {
      what: 'changed',
      day: '2026-11-21',
      sequence: rows[6].sequence,
    })
    await undo(rows[2].sequence, { subject_id: newId() })
    assert.equal((await tampered())?.sequence, rows[2].sequence)
    await undo(rows[2].sequence, { subject_id: rows[2].subject_id })
    await undo(rows[6].sequence, { verb: rows[6].verb })
    assert.isNull(await tampered())

    // One goes with its seal, and those behind it move up: the next hangs on a link that isn't there.
    const gap = { sequence: rows[6].sequence }
    const [cut] = await db.from('event_seals').where(gap)
    await owner().from('event_seals').where(gap).delete()
    for (const row of rows.slice(7))
      await owner().from('event_seals').where('sequence', row.sequence).decrement('position', 1)
    assert.deepEqual(await tampered(), {
      what: 'changed',
      day: '2026-11-21',
      sequence: rows[7].sequence,
    })
    for (const row of rows.slice(7).toReversed())
      await owner().from('event_seals').where('sequence', row.sequence).increment('position', 1)
    await owner()
      .table('event_seals')
      .insert({ ...cut, day: '2026-11-21' })
    assert.isNull(await tampered())

    // The last event of a closed day goes, and its seal with it: the day ends otherwise than it was closed.
    const last = { sequence: rows[4].sequence }
    const [seal] = await db.from('event_seals').where(last)
    await owner().from('event_seals').where(last).delete()
    assert.deepEqual(await tampered(), { what: 'day', day: '2026-11-20', sequence: null })
    await owner()
      .table('event_seals')
      .insert({ ...seal, day: '2026-11-20' })
    await owner().from('events').where(last).delete()
    assert.deepEqual(await tampered(), { what: 'missing', day: '2026-11-20', ...last })
  })

  test('reports what is not sealed yet', async ({ assert }) => {
    await happened(2, '2026-11-20')
    await sealAll()
    await happened(3, '2026-11-21')
    const { unsealed, unsealedSince } = await verifyEvents()
    assert.equal(unsealed, 3)
    assert.equal(unsealedSince, '2026-11-21T03:00:00Z')
    const command = await ace.exec('audit:verify', [])
    assert.equal(command.exitCode, 0)
  })

  test('loses whole sealed days to its owner alone; their last links stay', async ({ assert }) => {
    await happened(3, '2026-11-20')
    await happened(2, '2026-11-21')
    await happened(2, '2026-11-22')
    await sealAll()
    // The day that is still open isn't closed by a date.
    assert.deepEqual(await dropDays('2026-12-31'), ['2026-11-20', '2026-11-21'])
    assert.lengthOf(await db.from('events'), 2)
    assert.lengthOf(await db.from('event_days'), 2)
    assert.deepInclude(await verifyEvents(), { events: 2, dropped: 2, tampered: null })
    await happened(1, '2026-11-23')
    await sealAll()
    assert.deepInclude(await verifyEvents(), { events: 3, tampered: null })
  })

  test('keeps a day on which something happened to what is under legal hold', async ({
    assert,
  }) => {
    for (const day of ['2026-09-02', '2026-09-03', '2026-09-04']) await happened(1, day)
    const { id } = await givenSubmission()
    await owner()
      .from('events')
      .whereRaw(`at < '2026-09-03T00:00:00+09:00'`)
      .update({ submission_id: id })
    await sealAll()
    await placeLegalHold(await person('leader'), id, '審査請求')
    assert.deepEqual(await dropDays('2026-09-04'), ['2026-09-03'])
    await db.from('legal_holds').update({ lifted_at: db.raw('now()') })
    assert.deepEqual(await dropDays('2026-09-04'), ['2026-09-02'])
  })

  test('loses none that the period for events keeps', async ({ assert }) => {
    const [young, over, old] = [10, 31, 32].map((days) => addDays(today(), -days))
    for (const day of [old, over, young]) await happened(1, day)
    await happened(1, today())
    await sealAll()
    assert.equal((await ace.exec('audit:drop', [])).exitCode, 1)
    const admin = await Visitor.loggedIn('admin')
    await admin.get('/settings')
    await admin.post('/settings', { 'values[events_kept_days]': '30' })
    assert.include((await admin.get('/retention')).text, '期間のすぎた日が2日あります')
    assert.equal((await ace.exec('audit:drop', [young])).exitCode, 1)
    assert.equal(await dropDays(addDays(today(), -29)), 'too_young')
    assert.equal((await ace.exec('audit:drop', [])).exitCode, 0)
    assert.notInclude((await admin.get('/retention')).text, '期間のすぎた日が')
    const days = await db.from('event_seals').distinct('day').orderBy('day')
    assert.notInclude(JSON.stringify(days), over)
    assert.deepInclude(await verifyEvents(), { dropped: 2, tampered: null })
  })
})

test.group('Who looked', (group) => {
  group.each.setup(reset)

  test('is kept: sign-in and its failures, lists, register, ledger, rosters, searches', async ({
    assert,
  }) => {
    await givenRegister()
    await givenKeyed()
    const stranger = new Visitor()
    await stranger.get('/login')
    await stranger.post('/login', { login: 'kenko', password: 'wrong' })
    await stranger.post('/login', { login: 'my-secret-password', password: 'x' })
    const failed = await db.from('events').where('verb', 'login.failed')
    assert.lengthOf(failed, 2)
    assert.equal(failed[0].subject_id, (await person('kenko')).id)
    assert.isNull(failed[0].actor_id)

    const client = await Visitor.loggedIn('kenko')
    for (const path of ['/register', '/stops', '/relatives', '/ledger', '/checks', '/submissions'])
      assert.equal((await client.get(path)).status, 200, path)
    await client.get('/register')
    await client.post('/submissions/searches', { q: 'ヤマダ' })
    await client.post('/logout')
    const seen = await verbsOf('kenko')
    for (const verb of [
      'login.succeeded',
      'register.listed',
      'stops.listed',
      'relatives.listed',
      'ledger.listed',
      'checks.listed',
      'submissions.listed',
      'submissions.searched',
      'login.ended',
    ])
      assert.include(seen, verb)
    // Loaded twice within a minute it was one look.
    assert.lengthOf(
      seen.filter((verb) => verb === 'register.listed'),
      1
    )
    const texts = await db.rawQuery(`select string_agg(e::text, ' ') as text from events e`)
    assert.notInclude(texts.rows[0].text, 'my-secret-password')
    assert.notInclude(texts.rows[0].text, 'ヤマダ')
  })

  test('and who took a call or erased somebody', async ({ assert }) => {
    const desk = await Visitor.loggedIn('madoguchi')
    await desk.post('/calls', { number: '0263001234' })
    await desk.get('/scans')
    assert.includeMembers(await verbsOf('madoguchi'), ['call.answered', 'scans.listed'])
    const submission = await givenKeyed()
    await eraseSubmission(submission.receipt, { actorId: (await person('admin')).id })
    assert.include(await verbsOf('admin'), 'submission.erased')
    assert.notEqual((await ace.exec('submission:erase', ['うめ-1234', '--as=nobody'])).exitCode, 0)
  })

  test('goes on where a back-up was brought to a server that counts its transactions anew', async ({
    assert,
  }) => {
    const happen = () =>
      transition(async (t) =>
        t.recordOnly({ verb: 'test.happened', subject: { type: 'test', id: newId() } })
      )
    await happen()
    await happen()
    // The other server had come further: its numbers are ahead of any that this one gives.
    await db
      .connection('owner')
      .from('events')
      .update({ transaction: db.raw(`cast('9000000000000' as xid8)`) })
    await sealRestored()
    assert.deepInclude(await verifyEvents(), { events: 2, unsealed: 0 })
    await beginStandstill(new Date().toISOString(), async () => 0)
    await happen()
    assert.equal(await sealAll(), 1)
    assert.deepInclude(await verifyEvents(), { events: 3, unsealed: 0, tampered: null })
  })
})
