import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { transition } from '#app/core/transition'
import { addTask } from '#app/tasks/add_task'
import { runToEnd, startProgram } from '#tests/support/programs'
import { freePort } from '#tests/support/free_port'
import { givenKeyed } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const EXTENSIONS = { EXTENSIONS: 'tests/support/extension' }

/** The product with the extension, served from a process of its own. */
async function serve() {
  const port = await freePort()
  const child = startProgram('bin/server.ts', [], [], {
    ...EXTENSIONS,
    HOST: '127.0.0.1',
    PORT: String(port),
  })
  const base = `http://127.0.0.1:${port}`
  for (;;) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}`)
    const answer = await fetch(`${base}/login`).catch(() => null)
    if (answer?.ok) break
    await sleep(100)
  }
  return {
    base,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

test.group('An extension', (group) => {
  group.each.setup(reset)

  test('brings a kind of work: it is counted, taken, checked and done on its own screen', async ({
    assert,
  }) => {
    const submission = await givenKeyed()
    await transition((t) =>
      addTask(t, {
        kind: 'stamp',
        subject: { type: 'submission', id: submission.id },
        submissionId: submission.id,
        clientId: submission.clientId,
        linkageId: submission.linkageId,
        place: 'center',
      })
    )
    const product = await serve()
    try {
      const leader = await Visitor.loggedIn('leader', 'center', product.base)
      assert.include((await leader.get('/work')).text, '押印の確認')
      const { location } = await leader.post('/work/assignments', { kind: 'stamp' })
      const screen = await leader.get(location!)
      assert.include(screen.text, submission.receipt)
      assert.include(screen.text, '押してある')
      const unsaid = await leader.post(`${location}/result`)
      assert.equal(unsaid.status, 422)
      assert.include(unsaid.text, 'どちらかを選んでください')
      await leader.post(`${location}/result`, { stamped: 'yes' })
      assert.equal((await db.from('tasks').where('kind', 'stamp').firstOrFail()).state, 'done')
      const event = await db.from('events').where('verb', 'form.stamp_seen').firstOrFail()
      assert.deepEqual(event.detail, { stamped: 'yes' })
      const operator = await Visitor.loggedIn('operator1', 'center', product.base)
      assert.notInclude((await operator.get('/work')).text, '押印の確認')
    } finally {
      await product.stop()
    }
  }).timeout(120_000)

  test('hears of what is erased, and erases its own', async ({ assert, cleanup }) => {
    const submission = await givenKeyed()
    const owner = db.connection('owner')
    await owner.rawQuery(
      `create table extension_notes (submission_id uuid, text bytea);
       grant all on extension_notes to public`
    )
    cleanup(() => owner.rawQuery('drop table extension_notes'))
    await db.table('extension_notes').insert({ submission_id: submission.id, text: 'x' })
    const code = await runToEnd(
      'ace.js',
      ['submission:erase', submission.receipt, '--as=admin'],
      EXTENSIONS
    )
    assert.equal(code, 0)
    assert.lengthOf(await db.from('extension_notes'), 0)
    assert.equal((await submission.refresh()).state, 'erased')
  }).timeout(120_000)

  test('that isn’t there keeps everything from starting, and says so', async ({ assert }) => {
    const code = await runToEnd('ace.js', ['audit:verify'], { EXTENSIONS: 'tests/support/nowhere' })
    assert.equal(code, 1)
  }).timeout(60_000)
})
