import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { setClock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { todaysWork } from '#app/tasks/todays_work'
import { givenSubmission, person, take } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const NOON = '2026-11-27T12:00:00+09:00'
const WORK = {
  kind: 'training',
  day: '2026-11-27',
  from: '09:00',
  until: '10:30',
  note: '個人情報の研修',
}

/** Time at a task, as signs of life measure it. */
async function worked(login: string, from: string, until: string): Promise<void> {
  const user = await person(login)
  const assignment = (await take(user))!
  await db.table('activity_spans').insert({
    id: newId(),
    assignment_id: assignment.id,
    user_id: user.id,
    started_at: from,
    ended_at: until,
  })
}

test.group('The work log', (group) => {
  group.each.setup(reset)

  test('counts what was typed in once somebody else has approved it', async ({
    assert,
    cleanup,
  }) => {
    cleanup(setClock(NOON))
    const operator = await Visitor.loggedIn('operator1')
    const asked = await operator.post('/work/log', WORK)
    assert.equal(asked.location, '/work/log')
    const { id } = await person('operator1')
    assert.include(await todaysWork(id), { tasks: 0, minutes: 0 })
    const leader = await Visitor.loggedIn('leader')
    assert.include((await leader.get('/work/approvals')).text, '個人情報の研修')
    const [span] = await db.from('activity_spans').select('id')
    assert.equal((await operator.post(`/work/approvals/${span.id}`)).status, 404)
    await leader.post(`/work/approvals/${span.id}`, { decision: 'approved' })
    assert.include(await todaysWork(id), { tasks: 0, minutes: 90 })
    const log = (await operator.get('/work/log')).text
    assert.include(log, '認められました')
    assert.include(log, '>90<')
    // It is decided on: it can't be taken back any more.
    await operator.post(`/work/log/${span.id}/withdrawal`)
    assert.equal((await db.from('activity_spans').firstOrFail()).state, 'approved')
    await leader.post(`/work/approvals/${span.id}`, { decision: 'declined' })
    assert.include(await todaysWork(id), { tasks: 0, minutes: 0 })
    // It may have been typed in anew by now: it isn't approved after all.
    await leader.post(`/work/approvals/${span.id}`, { decision: 'approved' })
    assert.include(await todaysWork(id), { tasks: 0, minutes: 0 })
  })

  test('isn’t approved by whom it is of, nor taken back by anybody else', async ({
    assert,
    cleanup,
  }) => {
    cleanup(setClock(NOON))
    const leader = await Visitor.loggedIn('leader')
    await leader.post('/work/log', WORK)
    assert.notInclude((await leader.get('/work/approvals')).text, '個人情報の研修')
    const [{ id }] = await db.from('activity_spans').select('id')
    await leader.post(`/work/approvals/${id}`, { decision: 'approved' })
    const operator = await Visitor.loggedIn('operator1')
    await operator.post(`/work/log/${id}/withdrawal`)
    assert.equal((await db.from('activity_spans').firstOrFail()).state, 'asked')
    await leader.post(`/work/log/${id}/withdrawal`)
    assert.equal((await db.from('activity_spans').firstOrFail()).state, 'withdrawn')
  })

  test('refuses times that can’t be, and keeps what was typed', async ({ assert, cleanup }) => {
    cleanup(setClock(NOON))
    await givenSubmission()
    await worked('operator1', '2026-11-27T08:00:00+09:00', '2026-11-27T08:30:00+09:00')
    const operator = await Visitor.loggedIn('operator1')
    for (const [more, says] of [
      [{ until: '12:01' }, 'まだ終わっていない'],
      [{ from: '10:30', until: '10:30' }, '12時間まで'],
      [{ from: '08:29', until: '09:30' }, 'ほかの記録があります'],
      [{ day: '9999-12-31', from: '23:00', until: '01:00' }, 'まだ終わっていない'],
      [{ day: '2026-10-26' }, '31日より前'],
      [{ day: '2026-02-30' }, '日・時刻'],
      [{ from: '24:00' }, '日・時刻'],
      [{ note: '' }, '日・時刻'],
    ] as const) {
      const refused = await operator.post('/work/log', { ...WORK, ...more })
      assert.equal(refused.status, 422, says)
      assert.include(refused.text, says)
    }
    // Twice at the same time is once.
    const twice = await Promise.all([
      operator.post('/work/log', WORK),
      operator.post('/work/log', WORK),
    ])
    assert.sameMembers(
      twice.map(({ status }) => status),
      [302, 422]
    )
    // What was withdrawn keeps nobody.
    const { id } = await db.from('activity_spans').where('state', 'asked').firstOrFail()
    await operator.post(`/work/log/${id}/withdrawal`)
    assert.equal((await operator.post('/work/log', WORK)).status, 302)
  })

  test('divides what goes past midnight between its days, and months', async ({
    assert,
    cleanup,
  }) => {
    cleanup(setClock('2026-12-01T12:00:00+09:00'))
    await givenSubmission()
    await worked('operator1', '2026-11-30T23:50:00+09:00', '2026-12-01T00:20:00+09:00')
    const operator = await Visitor.loggedIn('operator1')
    const night = { ...WORK, day: '2026-11-29', from: '23:30', until: '00:15' }
    await operator.post('/work/log', night)
    const leader = await Visitor.loggedIn('leader')
    const [{ id }] = await db.from('activity_spans').where('state', 'asked').select('id')
    await leader.post(`/work/approvals/${id}`, { decision: 'approved' })
    const rows = async (month: string) =>
      (await leader.get(`/work/approvals/export?month=${month}`)).text
        .split('\r\n')
        .filter((line) => line.startsWith('"operator1"'))
        .map((line) => line.replaceAll('"', '').split(',').slice(2).join(' '))
    assert.deepEqual(await rows('2026-11'), ['2026-11-29 0 0 30 0', '2026-11-30 0 10 15 0'])
    assert.deepEqual(await rows('2026-12'), ['2026-12-01 0 20 0 0'])
  })
})

test.group('Figures that somebody says are wrong', (group) => {
  group.each.setup(reset)

  test('are said so with one click, and answered by somebody else', async ({ assert, cleanup }) => {
    cleanup(setClock(NOON))
    await givenSubmission()
    await worked('operator1', '2026-11-27T09:00:00+09:00', '2026-11-27T09:20:00+09:00')
    const operator = await Visitor.loggedIn('operator1')
    assert.include((await operator.get('/work')).text, 'きょうの数字がちがいます')
    const path = '/work/log/days/2026-11-27/dispute'
    await operator.post(path)
    await operator.post(path)
    const [dispute] = await db.from('disputes')
    assert.include(dispute, { state: 'open', tasks: 0, minutes: 20 })
    assert.lengthOf(await db.from('disputes'), 1)
    assert.include((await operator.get('/work/log?month=2026-11')).text, '申し立てています')
    const leader = await Visitor.loggedIn('leader')
    const { text } = await leader.get('/work/approvals')
    assert.include(text, '0件・20分と出ていました')
    const answer = `/work/approvals/disputes/${dispute.id}`
    await leader.post(answer, { answer: ' ' })
    assert.equal((await db.from('disputes').firstOrFail()).state, 'open')
    await leader.post(answer, { answer: '10分を足しました' })
    await leader.post(answer, { answer: 'あとから' })
    const log = (await operator.get('/work/log?month=2026-11')).text
    assert.include(log, '10分を足しました')
    assert.notInclude(log, '申し立てています')
    assert.notInclude((await leader.get('/work/approvals')).text, '0件・20分')
    // What was answered can be said again.
    await operator.post(path)
    assert.lengthOf(await db.from('disputes').where('state', 'open'), 1)
  })

  test('are one’s own to say and take back, and nobody’s to answer themselves', async ({
    assert,
    cleanup,
  }) => {
    cleanup(setClock(NOON))
    await givenSubmission()
    await worked('operator1', '2026-11-27T09:00:00+09:00', '2026-11-27T09:20:00+09:00')
    const operator = await Visitor.loggedIn('operator1')
    // Of a day without work there is nothing to say; nor of one that there isn't.
    for (const day of ['2026-11-26', '2026-02-30', 'today'])
      await operator.post(`/work/log/days/${day}/dispute`)
    assert.lengthOf(await db.from('disputes'), 0)
    await operator.post('/work/log/days/2026-11-27/dispute')
    const { id } = await db.from('disputes').firstOrFail()
    const other = await Visitor.loggedIn('operator2')
    await other.post(`/work/log/disputes/${id}/withdrawal`)
    assert.equal((await other.post(`/work/approvals/disputes/${id}`, { answer: 'x' })).status, 404)
    const { id: leaderId } = await person('leader')
    await db.from('disputes').update({ user_id: leaderId })
    const leader = await Visitor.loggedIn('leader')
    await leader.post(`/work/approvals/disputes/${id}`, { answer: '自分で' })
    assert.equal((await db.from('disputes').firstOrFail()).state, 'open')
    await leader.post(`/work/log/disputes/${id}/withdrawal`)
    assert.equal((await db.from('disputes').firstOrFail()).state, 'withdrawn')
  })
})
