import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { kitOf } from '#app/catalog/service_files'
import { askCorrection } from '#app/clients/ask_correction'
import { decideCorrection } from '#app/clients/corrections'
import { drainFlow } from '#app/flow/sweeper'
import { freshService } from '#app/studio/fresh_service'
import type Submission from '#app/submissions/submission'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'
import { runToEnd, startProgram } from '#tests/support/programs'
import { freePort } from '#tests/support/free_port'
import { givenKeyed, givenPaper, keyOpen, person, take } from '#tests/support/given'
import { Partner } from '#tests/support/partner'
import { reset } from '#tests/support/reset'
import { pagesOf } from '#tests/support/pdf_text'
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

/** A service with a field of the extension's kind, whose requests its connector takes: published as a kit, by its rules. */
async function givenLibrary(address: string): Promise<Submission> {
  const label = { ja: '図書館カード', en: 'Library card' }
  const files = freshService('library', 'welfare', label, '市立図書館')
  files.groups[0].fields.push({
    ...{ key: 'card', kind: 'card', label, required: true, height: 11, cells: 6 },
  })
  const folder = await mkdtemp(join(tmpdir(), 'kit-'))
  const handover = { connector: 'partner', address: `${address}/requests` }
  for (const [name, text] of kitOf({ ...files, handover }))
    await writeFile(join(folder, name), text)
  const code = await runToEnd('ace.js', ['service:import', folder, '--yes'], EXTENSIONS)
  await rm(folder, { recursive: true })
  if (code !== 0) throw new Error(`The kit was refused (${code})`)
  const submission = await givenPaper({ slug: 'library' })
  await drainFlow()
  return submission
}

const ANSWERS = {
  name_kana: 'ヤマダ ハルエ',
  name: '山田 はるゑ',
  phone: '0263001234',
  card: 'L123456',
}

/** The same, keyed; everything that follows is a worker's. */
async function givenKeyedForLibrary(address: string): Promise<Submission> {
  const submission = await givenLibrary(address)
  await keyOpen(ANSWERS, ANSWERS, 'library')
  return submission
}

/** A partner's service that fails so many times first, what is keyed for it, and a worker that hands it over. */
async function givenPartner(failing: number, cleanup: (end: () => Promise<void>) => void) {
  const partner = new Partner()
  const address = await partner.start()
  cleanup(() => partner.stop())
  partner.failing = failing
  const submission = await givenKeyedForLibrary(address)
  const worker = new WorkerProcess(EXTENSIONS)
  cleanup(() => worker.stop())
  return { partner, submission }
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
    // This process hasn't loaded the extension: only the product knows the kind.
    await db.table('tasks').insert({
      id: newId(),
      client_id: submission.clientId,
      subject_type: 'submission',
      subject_id: submission.id,
      submission_id: submission.id,
      kind: 'stamp',
      site: 'center',
      linkage_id: submission.linkageId,
    })
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

  test('brings a kind of field: printed, keyed by a view of its own, checked and shown', async ({
    assert,
    cleanup,
  }) => {
    const submission = await givenLibrary('http://127.0.0.1:9')
    const product = await serve()
    try {
      for (const login of ['operator1', 'operator2']) {
        const operator = await Visitor.loggedIn(login, 'center', product.base)
        await operator.get('/work')
        const { location } = await operator.post('/work/assignments', {})
        const screen = await operator.get(location!)
        assert.match(screen.text, /L <input type="text" id="card" name="values\[card\]"/)
        const values = Object.fromEntries(
          Object.entries({ ...ANSWERS, card: '12345' }).map(([key, value]) => [
            `values[${key}]`,
            value,
          ])
        )
        const doubted = await operator.post(`${location}/result`, values)
        assert.equal(doubted.status, 422)
        await operator.post(`${location}/result`, { ...values, 'values[card]': 'Ｌ１２３４５６' })
      }
      const worker = new WorkerProcess(EXTENSIONS)
      cleanup(() => worker.stop())
      await until('both agree', async () => {
        await timePasses()
        return (await submission.refresh()).state === 'handing_over'
      })
      // Where nobody listens, it is tried again as where nobody answers.
      await until('it was tried twice', async () => {
        await timePasses()
        return (await handoversOf(submission))[0]?.attempts >= 2
      })
      assert.lengthOf(await db.from('alarms').where('fault', 'database'), 0)
      const leader = await Visitor.loggedIn('leader', 'center', product.base)
      assert.include((await leader.get(`/submissions/${submission.id}`)).text, 'L-123-456')
      const editor = await leader.get('/services/library')
      assert.include(editor.text, '図書館カードの番号')
    } finally {
      await product.stop()
    }
  }).timeout(240_000)

  test('brings a product: planned, typeset by its own template, in a run', async ({
    assert,
    cleanup,
  }) => {
    const submission = await givenKeyed()
    const revision = await db.from('revisions').where('submission_id', submission.id).firstOrFail()
    const owner = db.connection('owner')
    const id = newId()
    await owner.table('replies').insert({
      id,
      client_id: submission.clientId,
      data_key_id: submission.dataKeyId,
      revision_id: revision.id,
      template_version: 1,
      kind: 'booked',
      occasion: 'note',
      product: 'note',
      state: 'drafted',
    })
    await owner.table('reply_submissions').insert({ reply_id: id, submission_id: submission.id })
    const worker = new WorkerProcess(EXTENSIONS)
    cleanup(() => worker.stop())
    await transition(async (t) => t.wake({ type: 'reply', id }))
    await until('it is ready', async () => {
      await timePasses()
      return (await db.from('replies').where('id', id).firstOrFail()).state === 'ready'
    })
    const product = await serve()
    try {
      const leader = await Visitor.loggedIn('leader', 'center', product.base)
      const list = await leader.get('/print-runs')
      assert.include(list.text, 'の付せん 1 枚')
      const { location } = await leader.post('/print-runs', {
        client_id: submission.clientId,
        request_key: newId(),
        product: 'note',
      })
      await until('it is typeset', async () => {
        await timePasses()
        return (await db.from('print_runs').firstOrFail()).state === 'typeset'
      })
      const pdf = await leader.get(`${location}/pdf`)
      const [page] = await pagesOf(pdf.body)
      assert.include(page, '山田はるゑ様')
    } finally {
      await product.stop()
    }
  }).timeout(240_000)

  test('brings a connector outside: it fails twice, then delivers, changes and cancels', async ({
    assert,
    cleanup,
  }) => {
    const { partner, submission } = await givenPartner(2, cleanup)
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
    const { partner, submission } = await givenPartner(5, cleanup)
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
