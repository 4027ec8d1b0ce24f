import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { kitOf, readServiceFiles } from '#app/catalog/service_files'
import { askCorrection, decideCorrection } from '#app/clients/corrections'
import { settleAll } from '#app/flow/sweeper'
import type Submission from '#app/submissions/submission'
import { transition } from '#app/core/transition'
import { addTask } from '#app/tasks/add_task'
import { runToEnd, startProgram } from '#tests/support/programs'
import { freePort } from '#tests/support/free_port'
import { answers, givenKeyed, givenPaper, keyOpen, person, take } from '#tests/support/given'
import { Partner } from '#tests/support/partner'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'
import { timePasses, until, WorkerProcess } from '#tests/support/worker_process'

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

/** A service whose requests a partner takes, checked by the extension's own rules, and a request keyed for it. */
async function givenPartnered(address: string) {
  const folder = await mkdtemp(join(tmpdir(), 'kit-'))
  const files = await readServiceFiles('vaccination')
  const handover = { connector: 'partner', address: `${address}/requests` }
  const guide = { ...files.guide, examples: [] }
  for (const [name, text] of kitOf({ ...files, slug: 'partnered', handover, guide }))
    await writeFile(join(folder, name), text)
  const code = await runToEnd('ace.js', ['service:import', folder, '--yes'], EXTENSIONS)
  await rm(folder, { recursive: true })
  if (code !== 0) throw new Error(`The kit was refused (${code})`)
  const submission = await givenPaper({ slug: 'partnered' })
  await settleAll()
  await keyOpen(answers())
  return submission
}

/** Waits for a handover of a submission to come into a state; nobody waits for the clock. */
async function reaches(submission: Submission, state: string, index = 0): Promise<void> {
  await until(`handover ${index} is ${state}`, async () => {
    await timePasses()
    return (await handoversOf(submission))[index]?.state === state
  })
}

function handoversOf({ id }: Submission) {
  return db
    .from('handovers')
    .where('submission_id', id)
    .orderBy('created_at')
    .select('state', 'reference', 'attempts')
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

  test('brings a connector outside: it fails twice, then delivers, changes and cancels', async ({
    assert,
    cleanup,
  }) => {
    const partner = new Partner()
    const address = await partner.start()
    cleanup(() => partner.stop())
    partner.failing = 2
    const submission = await givenPartnered(address)
    const worker = new WorkerProcess(EXTENSIONS)
    cleanup(() => worker.stop())
    await reaches(submission, 'done')
    assert.deepEqual(await handoversOf(submission), [
      { state: 'done', reference: 'P-1', attempts: 3 },
    ])
    assert.deepEqual(
      partner.requests.map(({ method, path }) => `${method} ${path}`),
      ['POST /requests', 'POST /requests', 'POST /requests']
    )
    assert.lengthOf([...new Set(partner.requests.map((one) => one.idempotencyKey))], 1)
    assert.equal(partner.requests[2].body.values?.phone, '0263001234')

    // Another value stands: what the partner has is changed there, under its number.
    const leader = await person('leader')
    await askCorrection(leader, await submission.refresh(), 'phone', '電話が変わりました')
    const assignment = await take(leader)
    await decideCorrection(leader, assignment!, '0263009999', null)
    await reaches(submission, 'done', 1)
    const changed = partner.requests.at(-1)!
    assert.deepEqual(
      [changed.method, changed.path, changed.body.values?.phone],
      ['PUT', '/requests/P-1', '0263009999']
    )

    const product = await serve()
    try {
      const visitor = await Visitor.loggedIn('leader', 'center', product.base)
      const at = `/submissions/${submission.id}`
      assert.include((await visitor.get(at)).text, 'P-1')
      await visitor.post(`${at}/handover/cancellation`)
      assert.equal((await handoversOf(submission))[1].state, 'done')
      await visitor.post(`${at}/handover/cancellation`, { sure: 'yes' })
      await reaches(submission, 'canceled', 1)
      const last = partner.requests.at(-1)!
      assert.deepEqual([last.method, last.path], ['DELETE', '/requests/P-1'])

      const operator = await Visitor.loggedIn('operator1', 'center', product.base)
      assert.equal((await operator.post(`${at}/handover/repetition`)).status, 404)
    } finally {
      await product.stop()
    }
  }).timeout(240_000)

  test('whose service never answers asks a person, who has it tried again', async ({
    assert,
    cleanup,
  }) => {
    const partner = new Partner()
    const address = await partner.start()
    cleanup(() => partner.stop())
    partner.failing = 5
    const submission = await givenPartnered(address)
    const worker = new WorkerProcess(EXTENSIONS)
    cleanup(() => worker.stop())
    await reaches(submission, 'failed')
    assert.lengthOf(partner.requests, 5)
    const product = await serve()
    try {
      const leader = await Visitor.loggedIn('leader', 'center', product.base)
      assert.include((await leader.get('/submissions')).text, '引き渡せない')
      const at = `/submissions/${submission.id}`
      assert.include((await leader.get(at)).text, 'つながりませんでした')
      partner.closed = true
      await leader.post(`${at}/handover/repetition`)
      await reaches(submission, 'refused')
      assert.include((await leader.get(at)).text, '相手の受付は終わっていました')
    } finally {
      await product.stop()
    }
  }).timeout(240_000)

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
