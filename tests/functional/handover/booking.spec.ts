import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { takePlace } from '#app/bookings/take_place'
import { drainFlow } from '#app/flow/sweeper'
import { transition } from '#app/core/transition'
import {
  answers,
  fillSlot,
  givenKeyed,
  givenSubmission,
  keyAll,
  openDay,
  vaccination,
} from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

async function bookedAt(submissionId: string): Promise<string | undefined> {
  const row = await db
    .from('bookings')
    .join('slots', 'slots.id', 'bookings.slot_id')
    .where({ submission_id: submissionId })
    .whereNot('state', 'canceled')
    .select(db.raw(`to_char(starts_at, 'MM-DD HH24:MI') as at`))
    .first()
  return row?.at
}

async function fillWishes(...wishes: string[]) {
  for (const wish of wishes) await fillSlot(wish.slice(0, 5), wish.slice(6))
}

test.group('Booking', (group) => {
  group.each.setup(reset)

  test('takes the first wish, else the second', async ({ assert }) => {
    const first = await givenKeyed()
    assert.equal(await bookedAt(first.id), answers().wish1)
    await fillWishes(answers().wish1)
    const second = await givenKeyed({ voucher_number: '4111111111' })
    assert.equal(await bookedAt(second.id), answers().wish2)
    assert.equal(second.state, 'replying')
  })

  test('ignores a wish on a day without slots', async ({ assert }) => {
    const submission = await givenKeyed({ wish1: '12-31 10:30' })
    assert.equal(await bookedAt(submission.id), answers().wish2)
  })

  test('never exceeds a capacity, however many come at once', async ({ assert }) => {
    const submission = await givenKeyed()
    const { service } = await vaccination()
    const slot = await db
      .from('slots')
      .whereIn('calendar_id', db.from('calendars').where('slug', 'health-center').select('id'))
      .where('taken', 0)
      .firstOrFail()
    const handover = await db.from('handovers').where('submission_id', submission.id).firstOrFail()
    const { rows: revisions } = await db.rawQuery(`select id from revisions limit 1`)
    const attempts = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        return transition(async (t) => {
          const id = handover.id.slice(0, -4) + String(1000 + index)
          await t.trx.table('handovers').insert({
            id,
            revision_id: revisions[0].id,
            submission_id: submission.id,
            client_id: submission.clientId,
            connector: `test-${index}`,
            idempotency_key: id,
            state: 'done',
          })
          return takePlace(
            t.trx,
            {
              slotId: slot.id,
              serviceId: service.id,
              clientId: submission.clientId,
              submissionId: submission.id,
              party: submission.party,
              person: `p${index}`,
              dose: 'd',
              door: 'web',
              places: 1,
              legs: null,
              numberToken: null,
            },
            { state: 'booked', handoverId: id }
          )
        })
      })
    )
    assert.equal(attempts.filter((one) => one.ok).length, slot.capacity)
    assert.equal((await db.from('slots').where('id', slot.id).firstOrFail()).taken, slot.capacity)
  })

  test('does not book a person twice: a letter tells the booking there is', async ({ assert }) => {
    await givenKeyed()
    const again = await givenKeyed({ wish1: `${openDay(2)} 13:00` })
    assert.isUndefined(await bookedAt(again.id))
    const reply = await db
      .from('replies')
      .join('reply_submissions', 'reply_submissions.reply_id', 'replies.id')
      .where('submission_id', again.id)
      .firstOrFail()
    assert.equal(reply.kind, 'already')
    assert.equal(reply.state, 'ready')
  })

  test('asks to call when all wishes are full and there is a watchword', async ({ assert }) => {
    await fillWishes(answers().wish1, answers().wish2)
    const submission = await givenKeyed()
    assert.equal(submission.state, 'handing_over')
    const desk = await Visitor.loggedIn('madoguchi')
    const { location } = await desk.post('/work/assignments', { kind: 'call' })
    const page = await desk.get(location!)
    for (const text of ['あさがお', '0263001234', '午前10時', 'いったん切って'])
      assert.include(page.text, text)
    assert.notInclude(page.text, '電話しないでください')
    const client = await Visitor.loggedIn('kenko')
    await client.post('/stops/numbers', { phone: '0263001234', may: 'no' })
    assert.include((await desk.get(location!)).text, '電話しないでください')
    // What swindlers ask, no caller of the city does.
    assert.notMatch(page.text, /5月3日|生まれた/)
    const slots = [...page.text.matchAll(/name="slot_id" value="([0-9a-f-]{36})"/g)].map(
      (match) => match[1]
    )
    assert.lengthOf(slots, 6)
    await db
      .from('slots')
      .where('id', slots[0])
      .update({ taken: db.raw('capacity') })
    const tooLate = await desk.post(`${location}/result`, { outcome: 'booked', slot_id: slots[0] })
    assert.equal(tooLate.status, 422)
    assert.include(tooLate.text, 'たった今うまりました')
    assert.equal(
      (await desk.post(`${location}/result`, { outcome: 'booked', slot_id: slots[1] })).status,
      302
    )
    await drainFlow()
    assert.isDefined(await bookedAt(submission.id))
    assert.equal((await db.from('replies').firstOrFail()).kind, 'booked')
    assert.equal((await submission.refresh()).state, 'replying')
  })

  test('sends a letter after the third call that reached nobody', async ({ assert }) => {
    await fillWishes(answers().wish1, answers().wish2)
    const submission = await givenKeyed()
    const desk = await Visitor.loggedIn('madoguchi')
    for (let call = 1; call <= 3; call++) {
      await db
        .from('tasks')
        .where('kind', 'call')
        .update({ available_at: db.raw('now()') })
      const { location } = await desk.post('/work/assignments', { kind: 'call' })
      assert.match(location!, /assignments/)
      await desk.post(`${location}/result`, { outcome: 'not_reached' })
      assert.equal((await desk.post('/work/assignments', { kind: 'call' })).location, '/work')
    }
    await drainFlow()
    assert.equal((await db.from('replies').firstOrFail()).kind, 'full')
    assert.isUndefined(await bookedAt(submission.id))
  })

  test('sends a letter at once where nobody is to call any more', async ({ assert }) => {
    await fillWishes(answers().wish1, answers().wish2)
    await givenKeyed()
    const desk = await Visitor.loggedIn('madoguchi')
    const { location } = await desk.post('/work/assignments', { kind: 'call' })
    const client = await Visitor.loggedIn('kenko')
    await client.post('/stops/numbers', { phone: '0263001234', may: 'no' })
    await desk.post(`${location}/result`, { outcome: 'not_reached' })
    await drainFlow()
    assert.equal((await db.from('replies').firstOrFail()).kind, 'full')
    assert.lengthOf(await db.from('tasks').where({ kind: 'call', state: 'done' }), 1)
  })

  test('sends a letter with the nearest free times where there is no watchword', async ({
    assert,
  }) => {
    await fillWishes(answers().wish1, answers().wish2)
    const submission = await givenSubmission()
    await keyAll(answers({ watchword: '' }))
    const reply = await db.from('replies').firstOrFail()
    assert.equal(reply.kind, 'full')
    assert.equal(reply.state, 'ready')
    assert.lengthOf(await db.from('tasks').where('kind', 'call'), 0)
    assert.equal((await submission.refresh()).state, 'replying')
  })

  test('books nothing when nobody knows what for: it is asked', async ({ assert }) => {
    const submission = await givenKeyed({ vaccines: '', watchword: '' })
    assert.isUndefined(await bookedAt(submission.id))
    assert.equal((await db.from('replies').firstOrFail()).kind, 'unclear')
    await givenKeyed({ vaccines: '', voucher_number: '4111111111' })
    // With a watchword as well: on the phone a time would be booked, but still nobody knew what for.
    assert.lengthOf(await db.from('tasks').where('kind', 'call'), 0)
    assert.deepEqual(
      (await db.from('replies').select('kind')).map((reply) => reply.kind),
      ['unclear', 'unclear']
    )
  })

  test('never takes two people without a number for one', async ({ assert }) => {
    const unknown = { voucher_number: '', name_kana: '', birth_date: '' }
    const [one, two] = [await givenKeyed(unknown), await givenKeyed(unknown)]
    assert.isDefined(await bookedAt(one.id))
    assert.isDefined(await bookedAt(two.id))
  })
})
