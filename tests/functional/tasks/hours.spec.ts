import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { forgetBoard } from '#app/center/board/current_board'
import { forecast } from '#app/center/board/forecast'
import { presentToday, removeOldHours } from '#app/tasks/hours/offered_hours'
import { leave } from '#app/people/members/leave'
import { setClock, today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { givenSubmission, person, take } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** Spans as the form sends them: every other row of a day is its second span. */
function hours(...spans: [day: string, from: string, until: string, site?: string][]) {
  return Object.fromEntries(
    spans.flatMap(([day, from, until, site = 'center'], index) =>
      Object.entries({ day, from, until, site }).map(([key, value]) => [
        `spans[${index}][${key}]`,
        value,
      ])
    )
  )
}

test.group('Hours that people offer', (group) => {
  group.each.setup(reset)

  test('are theirs to change, in two spans a day, and stand on the leader’s board', async ({
    assert,
  }) => {
    const operator = await Visitor.loggedIn('operator1')
    assert.include((await operator.get('/work')).text, '/work/hours')
    const [first, second] = [addDays(today(), 1), addDays(today(), 2)]
    await operator.post(
      '/work/hours',
      hours([first, '09:00', '12:00'], [first, '13:00', '15:30'], [second, '10:00', '11:00'])
    )
    const { text } = await operator.get('/work/hours')
    for (const time of ['09:00', '12:00', '13:00', '15:30']) assert.include(text, `value="${time}"`)
    const leader = await Visitor.loggedIn('leader')
    forgetBoard()
    assert.include((await leader.get('/board')).text, '5.5</td>')
    await db.table('offered_hours').insert({
      user_id: (await person('operator1')).id,
      day: addDays(today(), -100),
      from_time: '09:00',
      until_time: '10:00',
      site: 'center',
    })
    await removeOldHours()
    // An empty row is a day off; what was is over stays.
    await db.table('offered_hours').insert({
      user_id: (await person('operator1')).id,
      day: addDays(today(), -1),
      from_time: '09:00',
      until_time: '10:00',
      site: 'center',
    })
    await operator.post('/work/hours', hours([first, '', ''], [second, '10:00', '12:00']))
    const kept = await db.from('offered_hours').orderBy('day').select('day', 'until_time')
    assert.deepEqual(
      kept.map(({ day, until_time: until }) => [day, until]),
      [
        [addDays(today(), -1), '10:00:00'],
        [second, '12:00:00'],
      ]
    )
  })

  test('are refused in plain words, and nothing typed is lost', async ({ assert }) => {
    const operator = await Visitor.loggedIn('operator1')
    const day = addDays(today(), 3)
    for (const [spans, says] of [
      [hours([day, '12:00', '09:00']), 'あとの時間'],
      [hours([day, '09:00', '']), 'あとの時間'],
      [hours([day, '', '12:00']), 'あとの時間'],
      [hours([day, '09:00', '12:00'], [day, '11:00', '13:00']), '重なって'],
      [hours([day, '09:00', '12:00'], [day, '09:00', '10:00']), '重なって'],
      [hours([day, '09:00', '12:00', 'home']), 'その場所'],
    ] as const) {
      const refused = await operator.post('/work/hours', spans)
      assert.equal(refused.status, 422)
      assert.include(refused.text, says)
      assert.include(refused.text, spans['spans[0][from]'])
    }
    assert.lengthOf(await db.from('offered_hours'), 0)
    // Days that can't be offered any more are passed over.
    await operator.post('/work/hours', hours([addDays(today(), -2), '09:00', '12:00']))
    assert.lengthOf(await db.from('offered_hours'), 0)
  })

  test('say who is there today; without them, who works now', async ({ assert, cleanup }) => {
    cleanup(setClock(`${today()}T09:00:00+09:00`))
    await givenSubmission()
    await db.from('tasks').update({ due_on: today() })
    const [one, other] = [await person('operator1'), await person('operator2')]
    await take(one)
    const operator = await Visitor.loggedIn('operator2')
    await operator.post('/work/hours', hours([today(), '10:00', '11:00']))
    const [now, closing] = [9 * 60, 17 * 60]
    const there = () => presentToday(now, closing)
    assert.sameDeepMembers(await there(), [
      { from: now, until: closing },
      { from: 600, until: 660 },
    ])
    // Who offered less than the day isn't counted for all of it, though at work now.
    await take(other)
    assert.lengthOf(await there(), 2)
    const { left } = await forecast(new Map([['key', 60]]))
    const { length: due } = await db.from('tasks').whereIn('state', ['open', 'leased'])
    assert.equal(left, Math.max(0, due - 9))
    await leave(await person('admin'), other.id)
    assert.deepEqual(await there(), [{ from: now, until: closing }])
  })
})
