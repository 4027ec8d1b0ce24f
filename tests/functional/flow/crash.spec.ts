import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { receiveScan } from '#app/intake/receive_scan'
import { saveEntry } from '#app/keying/save_entry'
import { adjudicate } from '#app/keying/adjudicate'
import { encloseSheet, markPrinted, postRun } from '#app/printing/handle_sheets'
import { planPrintRun } from '#app/printing/plan_print_run'
import { asPdf } from '#app/samples/make_sample'
import { newId } from '#app/shared/ids'
import { takeNextTask } from '#app/work/take_next_task'
import { answers, person, sample, take, vaccination, runWishes } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { WorkerProcess, timePasses, until } from '#tests/support/worker_process'

/** Every event that a worker commits on the road from upload to post. */
const COMMITS = [
  'page.decoded',
  'scan.decoded',
  'page.read',
  'scan.separated',
  'submission.keying',
  'submission.adjudicating',
  'submission.verified',
  'submission.handing_over',
  'handover.done',
  'submission.replying',
  'reply.ready',
  'print_run.typeset',
  'submission.closed',
]

const FORMS = 2

async function count(table: string, where: Record<string, string> = {}): Promise<number> {
  return (await db.from(table).where(where)).length
}

/** One keyer misspells a name, so that the leader is needed as well. */
async function keyEverything(): Promise<void> {
  const { version } = await vaccination()
  const vouchers = new Map<string, string>()
  for (const login of ['operator1', 'operator2']) {
    const user = await person(login)
    for (let assignment = await take(user); assignment; assignment = await take(user)) {
      const { subjectId, groupKey } = assignment.task
      if (!vouchers.has(subjectId))
        vouchers.set(subjectId, vouchers.size === 0 ? '1234567897' : '4111111111')
      const values = answers({
        voucher_number: vouchers.get(subjectId)!,
        name: login === 'operator2' ? '山田 春江' : '山田 はるゑ',
      })
      await saveEntry(
        assignment,
        Object.fromEntries(version.group(groupKey).fields.map(({ key }) => [key, values[key]]))
      )
    }
  }
}

async function decideEverything(): Promise<void> {
  const leader = await person('leader')
  for (
    let taken = await takeNextTask(leader, 'center', { kind: 'adjudicate' });
    taken.ok;
    taken = await takeNextTask(leader, 'center', { kind: 'adjudicate' })
  ) {
    await taken.assignment.load('task')
    await adjudicate(leader, taken.assignment, { name: { typed: '山田 はるゑ' } })
  }
}

/**
 * The people's part, done once each as soon as it can be done; the machine's part is the workers'. Ends where
 * the worker dies.
 */
async function walkToThePost(worker: () => WorkerProcess): Promise<void> {
  const admin = await person('admin')
  const { service, version } = await vaccination()
  const alive = async (what: string, holds: () => Promise<boolean>) => {
    await until(what, async () => !worker().isRunning || (await holds()))
    return worker().isRunning
  }
  if (
    !(await alive(
      'forms are found',
      async () =>
        (await count('tasks', { kind: 'key' })) === FORMS * version.description.groups.length * 2
    ))
  )
    return
  await keyEverything()
  if (
    !(await alive(
      'the leader is asked',
      async () => (await count('tasks', { kind: 'adjudicate' })) === FORMS
    ))
  )
    return
  await decideEverything()
  if (
    !(await alive(
      'letters are ready',
      async () =>
        (await count('replies')) === FORMS && (await count('replies', { state: 'drafted' })) === 0
    ))
  )
    return
  if ((await count('replies', { state: 'ready' })) === FORMS)
    await planPrintRun(admin, service.clientId, newId(), runWishes())
  if (
    !(await alive(
      'the run is typeset',
      async () =>
        (await count('print_runs')) === 0 || (await count('print_runs', { state: 'planned' })) === 0
    ))
  )
    return
  const run = await db.from('print_runs').first()
  if (run?.state === 'typeset') {
    await markPrinted(admin, run.id)
    for (const sheet of await db.from('sheets')) await encloseSheet(admin, run.id, sheet.code)
    await postRun(admin, run.id)
  }
  if (
    !(await alive(
      'everything is closed',
      async () => (await count('submissions', { state: 'closed' })) === FORMS
    ))
  )
    return
}

test.group('A worker that dies', (group) => {
  group.each.setup(reset)

  test('at {$self} leaves one submission, one booking and one letter a form, and no page is lost')
    .with([...COMMITS, 'decoder'])
    .run(async ({ assert }, point) => {
      const desk = await person('madoguchi')
      const { service } = await vaccination()
      const forms = [await sample(51), await sample(52)]
      await receiveScan(desk, service, {
        key: newId(),
        name: 'stack.pdf',
        content: await asPdf(forms.flatMap((form) => form.pages)),
      })

      let worker = new WorkerProcess(
        point === 'decoder' ? { KILL_DECODER_AT: '2' } : { DIE_AFTER: point }
      )
      try {
        await walkToThePost(() => worker)
        if (point !== 'decoder') {
          assert.equal(await worker.ended(), 'SIGKILL')
          await timePasses()
          worker = new WorkerProcess()
          await walkToThePost(() => worker)
        }
        assert.isTrue(worker.isRunning)
        assert.equal(await count('pages', { state: 'matched' }), FORMS * 2)
        assert.equal(await count('pages'), FORMS * 2)
        assert.equal(await count('submissions', { state: 'closed' }), FORMS)
        assert.equal(await count('submissions'), FORMS)
        assert.equal(await count('revisions'), FORMS)
        assert.equal(await count('handovers', { state: 'done' }), FORMS)
        assert.equal(await count('bookings'), FORMS)
        assert.equal(await count('replies', { state: 'posted' }), FORMS)
        assert.equal(await count('replies'), FORMS)
        assert.equal(await count('sheets', { state: 'posted' }), FORMS)
        assert.equal(await count('print_runs'), 1)
        const { rows } = await db.rawQuery('select sum(taken)::int as taken from slots')
        assert.equal(rows[0].taken, FORMS)
      } finally {
        await worker.stop()
      }
    })
    // Two workers are started, two forms read: long on a busy machine, and each wait has its own limit.
    .timeout(900_000)
})
