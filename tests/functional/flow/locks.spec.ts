import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { cancelBooking } from '#app/desk/visits/change_booking'
import { drainFlow } from '#app/flow/sweeper'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'
import { lockSubmissions } from '#app/submissions/lock_submissions'
import { givenKeyed, person, runWishes, vaccination } from '#tests/support/given'
import { givenBooked } from '#tests/support/given_live'
import { reset } from '#tests/support/reset'

/** Vouchers whose check digit is right, one for each person. */
const VOUCHERS = ['1234567897', '4111111111', '1000000008', '1000000016', '1000000024']

async function givenLetters(count: number): Promise<void> {
  for (const voucher of VOUCHERS.slice(0, count))
    await givenKeyed({ voucher_number: voucher, name_kana: `ヤマダ ハルエ` })
}

/** How many statements a piece of work sends to the database. */
async function statements(work: () => Promise<unknown>): Promise<number> {
  let count = 0
  const listen = () => count++
  const { knexClient } = { knexClient: db.connection().getWriteClient().client }
  knexClient.on('query', listen)
  try {
    await work()
  } finally {
    knexClient.off('query', listen)
  }
  return count
}

async function deadlocks(): Promise<number> {
  await db.rawQuery('select pg_stat_clear_snapshot()')
  const { rows } = await db.rawQuery(
    `select deadlocks from pg_stat_database where datname = current_database()`
  )
  return rows[0].deadlocks
}

test.group('Locks', (group) => {
  group.each.setup(reset)

  test('waking a record waits for nobody who holds its row', async ({ assert }) => {
    const { submission } = await givenBooked()
    const holder = await db.transaction()
    try {
      await lockSubmissions(holder, [submission.id])
      await transition(async (t) => {
        await t.trx.rawQuery(`set local lock_timeout = '2s'`)
        t.record({
          verb: 'submission.viewed',
          subject: { type: 'submission', id: submission.id },
          submissionId: submission.id,
        })
      })
    } finally {
      await holder.rollback()
    }
    assert.isNotEmpty(await db.from('wakes').where('subject_id', submission.id))
  })

  test('a wake for later stays until its time has come', async ({ assert }) => {
    const { submission } = await givenBooked()
    await drainFlow()
    assert.isEmpty(await db.from('wakes'))
    await transition(async (t) => t.wake({ type: 'submission', id: submission.id, after: 600 }))
    await drainFlow()
    assert.lengthOf(await db.from('wakes'), 1)
  })

  test('a run of more letters takes no more statements', async ({ assert }) => {
    const admin = await person('admin')
    const { service } = await vaccination()
    const plan = async () => {
      const planned = await planPrintRun(admin, service.clientId, newId(), runWishes())
      if (!planned.ok) throw new Error(planned.reason)
      assert.equal(planned.stopped, 0)
    }
    await givenLetters(1)
    const one = await statements(plan)
    await givenLetters(5)
    const more = await statements(plan)
    assert.isAbove(one, 5)
    // Waking is a job for each letter; everything else is asked for all of them at once.
    assert.isAtMost(more, one)
    assert.isBelow(more, 60)
  }).timeout(60_000)

  test('planning runs and work at the desk never wait for each other in a circle', async ({
    assert,
  }) => {
    const admin = await person('admin')
    const desk = await person('madoguchi')
    const { service } = await vaccination()
    const before = await deadlocks()
    for (let round = 0; round < 3; round++) {
      const booked = []
      for (const voucher of VOUCHERS.slice(0, 4))
        booked.push(await givenBooked({ voucher_number: voucher }, { channel: 'phone' }))
      await drainFlow()
      await Promise.all([
        planPrintRun(admin, service.clientId, newId(), runWishes()),
        ...booked.toReversed().map(({ bookingId }) => cancelBooking(desk, bookingId, 'phone')),
        drainFlow(),
      ])
      await drainFlow()
    }
    assert.equal(await deadlocks(), before)
  }).timeout(120_000)
})
