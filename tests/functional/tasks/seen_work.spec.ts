import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { givenSubmission, person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** The day by the database's clock, by which work begins and ends. */
async function day(): Promise<string> {
  const { rows } = await db.rawQuery<{ rows: { day: string }[] }>(
    `select to_char(now() at time zone 'Asia/Tokyo', 'YYYY-MM-DD') as day`
  )
  return rows[0].day
}

/** The lines of the record of a client's work, without its headings. */
async function seen(visitor: Visitor, clientId: string, days = 0, until = days) {
  const [first, last] = [addDays(await day(), days), addDays(await day(), until)]
  const { text, status, location } = await visitor.get(
    `/work/seen?client_id=${clientId}&from=${first}&until=${last}`
  )
  if (status !== 200) throw new Error(`${status} ${location}`)
  return text
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.replaceAll('"', ''))
}

test.group('The record of what was seen', (group) => {
  group.each.setup(reset)

  test('says what was on whose screen, from when until when and where', async ({ assert }) => {
    const { receipt, id, clientId } = await givenSubmission()
    const operator = await Visitor.loggedIn('operator1')
    const { location } = await operator.post('/work/assignments', { kind: 'key' })
    await operator.post(`${location}?_method=DELETE`)
    await operator.post('/work/assignments', { kind: 'key' })
    const leader = await Visitor.loggedIn('leader')
    const lines = await seen(leader, clientId)
    assert.lengthOf(lines, 2)
    const [first, second] = lines.map((line) => line.split(','))
    assert.match(first[0], /^\d{4}-\d\d-\d\dT\d\d:\d\d$/)
    assert.includeMembers(first, ['operator1', 'センター', '入力', receipt, '戻した'])
    assert.isNotEmpty(first[6])
    assert.equal(second[1], '')
    assert.include(second, '開いている')
    // Of other days and of other clients nothing is in it.
    assert.isEmpty(await seen(leader, clientId, -3, -2))
    const other = await person('kotsu')
    assert.isEmpty(await seen(leader, other.organizationId))
    // Of a protected person not even the number, to who isn't named for her.
    await db.from('submissions').where('id', id).update({ protected: true })
    assert.notInclude((await seen(leader, clientId)).join(), receipt)
    assert.lengthOf(await db.from('events').where('subject_type', 'work_seen'), 3)
  })

  test('lists each once, however many began in the same moment', async ({ assert }) => {
    const { clientId } = await givenSubmission()
    const { id: task } = await db.from('tasks').where('client_id', clientId).firstOrFail()
    const { id: user } = await person('operator1')
    await db.rawQuery(
      `insert into assignments (id, task_id, user_id, site, fence, started_at, expires_at, ended_at, ended_reason)
       select gen_random_uuid(), :task, :user, 'center', n, now(), now(), now() + make_interval(mins => n), 'expired'
       from generate_series(1, 2100) as n`,
      { task, user }
    )
    const leader = await Visitor.loggedIn('leader')
    assert.lengthOf(new Set(await seen(leader, clientId)), 2100)
    assert.lengthOf(await seen(leader, clientId), 2100)
  })

  test('is asked for by who keeps the operators, with days that there are', async ({ assert }) => {
    const { clientId } = await givenSubmission()
    const leader = await Visitor.loggedIn('leader')
    for (const wrong of [
      `client_id=${clientId}&from=2026-02-30&until=2026-03-01`,
      `client_id=nobody&from=${today()}&until=${today()}`,
    ])
      assert.equal((await leader.get(`/work/seen?${wrong}`)).location, '/consents')
    const operator = await Visitor.loggedIn('operator1')
    const path = `/work/seen?client_id=${clientId}&from=${today()}&until=${today()}`
    assert.equal((await operator.get(path)).status, 404)
    assert.include((await leader.get('/consents')).text, 'action="/work/seen"')
  })
})
