import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Incident from '#app/center/incidents/incident'
import { freeze, unfreeze } from '#app/people/members/freeze'
import Submission from '#app/submissions/submission'
import { exportedTo } from '#app/clients/exports/exported'
import ValueExport from '#app/clients/exports/value_export'
import { eraseSubmission } from '#app/submissions/erase_submission'
import { today, wallTime } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'
import { givenKeyed, givenSubmission, person, serviceOf, take } from '#tests/support/given'
import { pagesOf } from '#tests/support/pdf_text'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const [DAY, TIME] = wallTime(new Date(Date.now() - 120_000)).split('T')
const FACTS = {
  kind: 'wrong_enclosure',
  known_on: DAY,
  known_time: TIME,
  story: '手紙を入れちがえて、別の方に送りました。',
}

/** An incident of the health department, and its address. */
async function opened(leader: Visitor, more: Record<string, string> = {}): Promise<string> {
  const client = await person('kenko')
  await leader.get('/incidents')
  const { location } = await leader.post('/incidents', {
    ...FACTS,
    client_id: client.organizationId,
    ...more,
  })
  return location!
}

test.group('An incident', (group) => {
  group.each.setup(reset)

  test('tells its client at once, and counts the days from when it was known', async ({
    assert,
  }) => {
    const client = await person('kenko')
    await db.table('mail_servers').insert({ id: newId(), mode: 'outbox' })
    await db.from('users').where('id', client.id).update({ email: 'kenko@aone.example.jp' })
    const leader = await Visitor.loggedIn('leader')
    const at = await opened(leader, { known_on: addDays(today(), -10) })
    const own = await Visitor.loggedIn('kenko')
    assert.include((await own.get('/incidents')).text, '事案 第')
    const { text } = await own.get(at)
    assert.include(text, '手紙を入れちがえて')
    assert.equal(text.match(/すぎています/g)?.length, 2)
    assert.lengthOf(await db.from('mails').where('user_id', client.id), 1)
    assert.equal((await (await Visitor.loggedIn('kotsu')).get(at)).status, 404)
    assert.equal((await (await Visitor.loggedIn('madoguchi')).get('/incidents')).status, 404)
    const incident = await Incident.firstOrFail()
    assert.equal(incident.due.first_report, addDays(today(), -5))
    assert.equal(incident.due.full_report, addDays(today(), 20))
    await leader.post(at, { ...FACTS, known_on: addDays(today(), -10), improper: 'true' })
    assert.equal((await incident.refresh()).due.full_report, addDays(today(), 50))
    // The client says itself that it was told.
    await own.post(`${at}/steps`, { step: 'client_told', on: today() })
    assert.equal((await own.get(at)).text.match(/すぎています/g)?.length, 1)
    assert.equal((await own.post(`${at}/end`)).status, 404)
    const step = { step: 'full_report', on: today() }
    assert.equal((await own.post(`${at}/steps`, step)).status, 404)
    // What happened is nobody's to read in the database.
    const row = await db.from('incidents').firstOrFail()
    assert.notInclude(row.story.toString('utf8'), '手紙')
  })

  test('refuses what can’t be so, and keeps what was typed', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const at = await opened(leader)
    for (const wrong of [
      { known_on: addDays(today(), 1) },
      { known_on: '2026-02-30' },
      { known_time: '25:00' },
      { story: '短い' },
      { kind: 'fire' },
    ]) {
      const answer = await leader.post(at, {
        ...FACTS,
        story: '別の文をここに書きました。',
        ...wrong,
      })
      assert.equal(answer.status, 422, JSON.stringify(wrong))
      if (!wrong.story) assert.include(answer.text, '別の文をここに')
    }
    for (const on of [addDays(today(), 1), '2026-02-30', ''])
      assert.equal((await leader.post(`${at}/steps`, { step: 'first_report', on })).status, 422)
    assert.equal((await leader.post(`${at}/requests`, { name: 'うめ-0000' })).status, 422)
    assert.equal((await leader.post(`${at}/people`, { name: 'nobody' })).status, 422)
    await leader.post(`${at}/end`)
    const late = await leader.post(`${at}/steps`, { step: 'first_report', on: today() })
    assert.equal(late.status, 302)
    assert.lengthOf(await db.from('incident_steps'), 0)
  })

  test('holds the requests it is about, and lists who saw them', async ({ assert }) => {
    const submission = await givenKeyed()
    const [leader, desk] = [await Visitor.loggedIn('leader'), await Visitor.loggedIn('madoguchi')]
    await desk.get(`/submissions/${submission.id}`)
    const at = await opened(leader)
    await leader.post(`${at}/requests`, { name: submission.receipt.replace('-', '') })
    await leader.post(`${at}/people`, { name: 'operator1' })
    const { text } = await leader.get(at)
    for (const name of ['田中 美咲', '佐藤 花', '鈴木 恵']) assert.include(text, name)
    assert.equal((await eraseSubmission(submission.receipt)).outcome, 'held')
    assert.include((await leader.get(`/submissions/${submission.id}`)).text, '事案 第')
    for (const [draft, says] of [
      ['first_report', '速報'],
      ['full_report', '確報'],
      ['letter', 'お知らせ'],
    ]) {
      const pdf = (await pagesOf((await leader.get(`${at}/drafts/${draft}`)).body)).join('')
      assert.include(pdf, says)
      // Letters to those concerned say nothing of others.
      assert.equal(pdf.includes('手紙を入れちがえて'), draft !== 'letter')
    }
    assert.equal((await leader.get(`${at}/drafts/novel`)).status, 404)
  })
})

test.group('Somebody who is kept out', (group) => {
  group.each.setup(reset)

  test('is signed out at once, holds nothing, and can’t sign in until let in again', async ({
    assert,
  }) => {
    await givenSubmission()
    const [admin, operator] = [await person('admin'), await person('operator1')]
    const visitor = await Visitor.loggedIn('operator1')
    assert.isNotNull(await take(operator))
    const boss = await Visitor.loggedIn('admin')
    await boss.get(`/people/${operator.id}`)
    const asked = await boss.post(`/people/${operator.id}/freezing`)
    assert.include((await boss.get(asked.location!)).text, 'すぐに終わり')
    assert.equal((await visitor.get('/work')).status, 200)
    await boss.post(`/people/${operator.id}/freezing`, { sure: 'yes' })
    assert.equal((await visitor.get('/work')).location, '/login')
    assert.lengthOf(await db.from('assignments').whereNull('ended_at'), 0)
    await assert.rejects(() => Visitor.loggedIn('operator1'))
    assert.include((await boss.get(`/people/${operator.id}`)).text, '使えません')
    assert.equal(await freeze(admin, operator.id), 'nobody')
    assert.equal(await unfreeze(admin, operator.id), 'done')
    await Visitor.loggedIn('operator1')
  })

  test('is nobody who may do more, and never oneself or the last who administers', async ({
    assert,
  }) => {
    const [admin, leader] = [await person('admin'), await person('leader')]
    assert.equal(await freeze(leader, admin.id), 'more_than_own')
    assert.equal(await freeze(admin, admin.id), 'more_than_own')
    const other = await transition(async (t) => {
      const copy = await t.trx.from('users').where('id', admin.id).firstOrFail()
      const id = newId()
      await t.trx.table('users').insert({ ...copy, id, login: 'admin2', invited_at: null })
      return id
    })
    const { default: User } = await import('#app/people/user')
    assert.equal(await freeze(await User.findOrFail(other), admin.id), 'nobody_left')
    assert.isNull((await person('admin')).frozenAt)
  })
})

test.group('A protected person’s request', (group) => {
  group.each.setup(reset)

  test('opens for half an hour with a reason, and its client sees that', async ({ assert }) => {
    const submission = await givenKeyed()
    const open = await givenKeyed({ voucher_number: '4111111111' })
    await transition((t) => Submission.setProtected(t, [submission.id], true))
    const leader = await Visitor.loggedIn('leader')
    const page = `/submissions/${submission.id}`
    assert.equal((await leader.get(page)).status, 404)
    const reason = '火事で、いそいで連絡が要るため'
    for (const wrong of [
      { receipt: submission.receipt, reason: '見る' },
      { receipt: open.receipt, reason },
      { receipt: 'うめ-0000', reason },
    ])
      assert.equal((await leader.post('/openings', wrong)).status, 422)
    assert.equal((await leader.get(page)).status, 404)
    const desk = await Visitor.loggedIn('madoguchi')
    await desk.get('/desk')
    assert.equal(
      (await desk.post('/openings', { receipt: submission.receipt, reason })).status,
      404
    )
    const answer = await leader.post('/openings', { receipt: submission.receipt, reason })
    assert.equal(answer.location, page)
    assert.include((await leader.get(page)).text, '山田 はるゑ')
    const { id } = await db.from('pages').where('submission_id', submission.id).firstOrFail()
    assert.equal((await leader.get(`/pages/${id}/image`)).status, 200)
    // Nobody else, and nothing else: nobody reads the number from the list, and no file has it.
    assert.include((await leader.get('/openings')).text, submission.receipt)
    const other = await person('operator3')
    await db.from('users').where('id', other.id).update({ role: 'leader' })
    const second = await Visitor.loggedIn('operator3')
    assert.notInclude((await second.get('/openings')).text, submission.receipt)
    const user = await person('leader')
    const wishes = new ValueExport().merge({
      clientId: submission.clientId,
      serviceId: (await serviceOf('vaccination')).service.id,
    })
    const exported = await exportedTo(user, wishes).select('submissions.id')
    assert.notInclude(
      exported.map((one) => one.id),
      submission.id
    )
    assert.equal((await desk.get(page)).status, 404)
    const client = await Visitor.loggedIn('kenko')
    assert.include((await client.get('/openings')).text, reason)
    assert.notInclude((await (await Visitor.loggedIn('kotsu')).get('/openings')).text, reason)
    // What nobody has seen isn't confirmed with the rest.
    await client.post('/openings/seen')
    assert.isNull((await db.from('openings').firstOrFail()).seen_at)
    const { id: opening } = await db.from('openings').firstOrFail()
    await client.post('/openings/seen', new URLSearchParams([['openings[]', opening]]))
    assert.isNotNull((await db.from('openings').firstOrFail()).seen_at)
    await db.from('openings').update({ until: db.raw('now()') })
    assert.equal((await leader.get(page)).status, 404)
    assert.equal((await leader.get(`/pages/${id}/image`)).status, 404)
    await eraseSubmission(submission.receipt)
    assert.equal((await db.from('openings').firstOrFail()).reason, '')
  })
})
