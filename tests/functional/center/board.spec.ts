import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { forgetBoard } from '#app/center/board/current_board'
import { minutesByKind } from '#app/tasks/usual_seconds'
import { forecast, keepForecast, predict, slicesOf } from '#app/center/board/forecast'
import { setClock } from '#app/core/clock'
import { givenBatch, rows } from '#tests/support/given_batch'
import { givenSubmission, keyOpen, person, take, answers } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const DAY = '2026-11-27'
const at = (time: string) => setClock(`${DAY}T${time}:00+09:00`)

/** Ten tasks of a form, all due on a day. */
async function givenDue(day = DAY): Promise<void> {
  await givenSubmission()
  await db.from('tasks').update({ due_on: day })
}

async function pageOf(leader: Visitor): Promise<string> {
  forgetBoard()
  return (await leader.get('/board')).text
}

test.group('The leader’s board', (group) => {
  group.each.setup(reset)

  test('says what is left when the center closes, and how many people more it takes', ({
    assert,
  }) => {
    const work = { tasks: 60, minutes: 120 }
    const day = (people: number, minutes: number) =>
      minutes > 0 ? [{ hour: 16, minutes, people }] : []
    for (const [people, minutesLeft, left, more, doneIn] of [
      // One person does half of it in an hour.
      [1, 60, 30, 1, null],
      [2, 60, 0, 0, 60],
      [0, 60, 60, 2, null],
      [1, 7, 57, 17, null],
      // After closing nobody makes up for it.
      [3, 0, 60, null, null],
      [3, -30, 60, null, null],
    ] as const)
      assert.deepEqual(predict(work, day(people, minutesLeft)), {
        left,
        more,
        moreAt: null,
        doneIn,
      })
    const nothing = { left: 0, more: 0, moreAt: null, doneIn: null }
    assert.deepEqual(predict({ tasks: 0, minutes: 0 }, day(0, 60)), nothing)
    // An hour in which fewer are there is where others are missed.
    const uneven = [
      { hour: 12, minutes: 60, people: 1 },
      { hour: 13, minutes: 60, people: 0 },
    ]
    assert.deepEqual(predict(work, uneven), { left: 30, more: 1, moreAt: 13, doneIn: null })
    const two = [
      { hour: 12, minutes: 60, people: 1 },
      { hour: 13, minutes: 60, people: 2 },
    ]
    assert.equal(predict(work, two).doneIn, 90)
  })

  test('counts who is there by the hours that they offer', ({ assert }) => {
    const present = [
      { from: 9 * 60, until: 12 * 60 + 30 },
      { from: 0, until: 24 * 60 },
      { from: 14 * 60, until: 15 * 60 },
    ]
    assert.deepEqual(slicesOf(11 * 60 + 30, 14 * 60, present), [
      { hour: 11, minutes: 30, people: 2 },
      { hour: 12, minutes: 60, people: 1.5 },
      { hour: 13, minutes: 60, people: 1 },
    ])
  })

  test('says it in one sentence, from who works now and what is due today', async ({
    assert,
    cleanup,
  }) => {
    cleanup(at('16:55'))
    await givenDue()
    const { length: due } = await db.from('tasks').where('state', 'open')
    const leader = await Visitor.loggedIn('leader')
    assert.include(await pageOf(leader), `17時に ${due} 件残ります`)
    await take(await person('operator1'))
    const { left, more, people } = await forecast(await minutesByKind())
    assert.equal(people, 1)
    // Two minutes each, as long as nothing has been measured.
    assert.equal(left, Math.ceil((due * 2 - 5) / 2))
    assert.equal(more, Math.ceil((due * 2 - 5) / 5))
    assert.include(await pageOf(leader), `あと ${more} 人必要です`)
    cleanup(at('09:00'))
    assert.include(await pageOf(leader), 'ごろに終わります')
    cleanup(at('17:30'))
    assert.include(await pageOf(leader), '17時をすぎました')
    await db.from('tasks').update({ due_on: '2026-11-28' })
    assert.include(await pageOf(leader), 'もうありません')
  })

  test('measures what tasks take by what was done last, pauses left out', async ({ assert }) => {
    await givenSubmission()
    await keyOpen(answers())
    const done = await db.from('assignments').orderBy('id').select('id')
    await db.from('assignments').update({ started_at: db.raw(`ended_at - interval '90 seconds'`) })
    await db
      .from('assignments')
      .where('id', done[0].id)
      .update({ started_at: db.raw(`ended_at - interval '2 hours'`) })
    assert.equal((await minutesByKind()).get('key'), 1.5)
  })

  test('keeps what was said in each hour, and tells how wrong it was', async ({
    assert,
    cleanup,
  }) => {
    cleanup(at('10:10'))
    await givenDue()
    const { length: due } = await db.from('tasks').where('state', 'open')
    await keepForecast()
    assert.lengthOf(await db.from('forecasts'), 0)
    await take(await person('operator1'))
    await keepForecast()
    const { predicted } = await db.from('forecasts').firstOrFail()
    assert.isAtMost(predicted, due)
    // What was said first in an hour stands.
    await db.from('tasks').where('pass', 2).update({ due_on: null })
    await keepForecast()
    cleanup(at('17:05'))
    await keepForecast()
    const { length: left } = await db.from('tasks').whereNotNull('due_on')
    const kept = await db.from('forecasts').select('hour', 'predicted', 'actual')
    assert.deepEqual(kept, [{ hour: 10, predicted, actual: left }])
    assert.equal((await forecast(await minutesByKind())).error, Math.abs(predicted - left))
    const leader = await Visitor.loggedIn('leader')
    assert.include(await pageOf(leader), `ならして ${Math.abs(predicted - left)} 件`)
  })

  test('names what is left by service and batch, late first, and whom to ask', async ({
    assert,
    cleanup,
  }) => {
    cleanup(at('10:00'))
    const leader = await Visitor.loggedIn('leader')
    await givenBatch(leader, { table: rows(3), kind: { skill: '英語' } })
    await givenDue('2026-11-26')
    await keyOpen(answers())
    await db.from('assignments').update({ ended_at: `${DAY}T09:30:00+09:00` })
    const page = await pageOf(leader)
    assert.isBelow(page.indexOf('予防接種 予約サポート'), page.indexOf('11月分'))
    assert.include(page, '技能「英語」の作業が 3 件')
    const { displayName } = await person('operator1')
    assert.include(page.slice(page.indexOf('手があいている')), displayName)
    const client = await Visitor.loggedIn('kenko')
    assert.equal((await client.get('/board')).status, 404)
  })
})
