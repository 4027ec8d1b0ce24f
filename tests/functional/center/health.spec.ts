import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { measureAll, worstOf } from '#app/center/health/report'
import { serveMetrics } from '#app/center/health/metrics'
import { gauges, standingOf } from '#app/core/gauges'
import { beat } from '#app/core/heartbeat'
import { recurringCheck, runOnce } from '#app/core/recurring'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

test.group('Health', (group) => {
  group.each.setup(reset)

  test('is told to whoever asks, without a number or a reason', async ({ assert }) => {
    const { text, headers } = await new Visitor().get('/health')
    const told = JSON.parse(text)
    assert.sameMembers(
      told.checks.map(({ name }: { name: string }) => name),
      gauges.all().map(({ name }) => name)
    )
    for (const check of told.checks) assert.sameMembers(Object.keys(check), ['name', 'status'])
    assert.include(headers.get('content-type'), 'application/json')
    const admin = await Visitor.loggedIn('admin')
    const page = (await admin.get('/health/page')).text
    assert.include(page, 'ディスクの空き')
    assert.equal((await (await Visitor.loggedIn('leader')).get('/health/page')).status, 404)
  })

  test('turns bad with a worker that is silent, and with pages that wait', async ({ assert }) => {
    await beat()
    const standing = async (name: string) =>
      (await measureAll()).find((one) => one.name === name)!.standing
    assert.equal(await standing('worker_silent'), 'ok')
    await db.from('heartbeats').update({ at: db.raw(`now() - interval '90 seconds'`) })
    assert.equal(await standing('worker_silent'), 'warning')
    await db.from('heartbeats').update({ at: db.raw(`now() - interval '4 minutes'`) })
    const all = await measureAll()
    assert.equal(all.find((one) => one.name === 'worker_silent')!.standing, 'error')
    assert.equal(worstOf(all), 'error')
  })

  test('judges by limits, downwards where room is left', ({ assert }) => {
    const late = { name: 'x', unit: 'seconds', warn: 1, fail: 10, read: async () => 0 } as const
    assert.equal(standingOf(late, 1), 'ok')
    assert.equal(standingOf(late, 2), 'warning')
    assert.equal(standingOf(late, 11), 'error')
    assert.equal(standingOf(late, null), 'ok')
    assert.equal(standingOf({ ...late, warn: 10, fail: 1, isRoom: true }, 5), 'warning')
    assert.equal(standingOf({ ...late, warn: 10, fail: 1, isRoom: true }, 0), 'error')
  })

  test('a job that fails again and again is told of, one that fails once or twice is not', async ({
    assert,
  }) => {
    const job = (run: () => Promise<void>) => ({ name: 'tried', everySeconds: 1, run })
    const failing = job(() => Promise.reject(new Error('broken')))
    for (const expected of [null, null, 'recurring', 'recurring']) {
      await runOnce(failing)
      assert.equal(await recurringCheck.check(), expected)
    }
    await runOnce(job(() => Promise.resolve()))
    assert.isNull(await recurringCheck.check())
    // A full disk has an alarm of its own, at once.
    await db.from('alarms').delete()
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' })
    await runOnce(job(() => Promise.reject(full)))
    assert.deepEqual(await db.from('alarms').select('fault'), [{ fault: 'disk_full' }])
    assert.isNull(await recurringCheck.check())
  })

  test('is given to Prometheus on a port of its own', async ({ assert }) => {
    const server = serveMetrics(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    assert.match(text, /hashiwatashi_disk_left_bytes \d+/)
    assert.include(text, 'hashiwatashi_process_cpu_seconds_total')
    assert.equal((await fetch(`http://127.0.0.1:${port}/other`)).status, 404)
    server.close()
  })
})
