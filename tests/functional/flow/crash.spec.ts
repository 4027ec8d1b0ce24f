import assert from 'node:assert/strict'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { drainFlow } from '#app/flow/sweeper'
import { receiveScan } from '#app/intake/receive_scan'
import { saveEntry } from '#app/keying/save_entry'
import { adjudicate } from '#app/keying/adjudicate'
import { postRun } from '#app/replies/print_runs/post_run'
import { encloseSheet } from '#app/replies/print_runs/enclose_sheet'
import { markPrinted } from '#app/replies/print_runs/mark_printed'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import { asPdf } from '#app/samples/make_sample'
import { newId } from '#app/core/ids'
import { takeNextTask } from '#app/tasks/take_next_task'
import {
  answers,
  givenPaper,
  person,
  runWishes,
  sample,
  take,
  vaccination,
} from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { WorkerProcess, timePasses, until } from '#tests/support/worker_process'

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

let stack: Promise<Buffer> | undefined

async function makeStack(): Promise<Buffer> {
  const forms = [await sample(51), await sample(52)]
  return asPdf(forms.flatMap((form) => form.pages))
}

async function scanForms(): Promise<void> {
  const desk = await person('madoguchi')
  const { service } = await vaccination()
  const content = await (stack ??= makeStack())
  await receiveScan(desk, service, { key: newId(), name: 'stack.pdf', content })
}

async function planRun(): Promise<void> {
  const { service } = await vaccination()
  assert.equal(await count('replies', { state: 'ready' }), FORMS)
  await planPrintRun(await person('admin'), service.clientId, newId(), runWishes())
}

async function postLetters(): Promise<void> {
  const admin = await person('admin')
  const run = await db.from('print_runs').firstOrFail()
  await markPrinted(admin, run.id)
  for (const sheet of await db.from('sheets')) await encloseSheet(admin, run.id, sheet.code)
  await postRun(admin, run.id)
}

async function givenForms(): Promise<void> {
  for (let form = 0; form < FORMS; form++) await givenPaper()
}

/**
 * The road from upload to post: what people do, and every event that a worker commits after it. Where reading isn't
 * what the worker dies at, the forms come as rows.
 */
const ROAD: { people: () => Promise<void>; commits: string[] }[] = [
  { people: scanForms, commits: ['page.decoded', 'scan.decoded', 'page.read', 'scan.separated'] },
  { people: givenForms, commits: ['submission.keying'] },
  { people: keyEverything, commits: ['submission.adjudicating'] },
  {
    people: decideEverything,
    commits: [
      'submission.verified',
      'submission.handing_over',
      'handover.done',
      'submission.replying',
      'reply.ready',
    ],
  },
  { people: planRun, commits: ['print_run.typeset'] },
  { people: postLetters, commits: ['submission.closed'] },
]

/** People and machine do their parts; `instead` does the machine's after the given stretch of the road. */
async function walk(stretch: number, instead: () => Promise<void>): Promise<void> {
  const [scanned, given, ...rest] = ROAD
  for (const { people } of [stretch === 0 ? scanned : given, ...rest]) {
    await people()
    if (people === ROAD[stretch].people) await instead()
    await drainFlow()
  }
}

/** A worker works until it dies at this commit. */
async function dieAt(commit: string): Promise<void> {
  const worker = new WorkerProcess({ DIE_AFTER: commit })
  try {
    assert.equal(await worker.ended(), 'SIGKILL')
  } finally {
    await worker.stop()
  }
  await timePasses()
}

async function nothingLostNothingTwice(): Promise<void> {
  assert.equal(await count('pages'), FORMS * 2)
  assert.equal(await count('submissions', { state: 'closed' }), FORMS)
  assert.equal(await count('submissions'), FORMS)
  assert.equal(await count('revisions'), FORMS)
  assert.equal(await count('handovers', { state: 'done' }), FORMS)
  assert.equal(await count('handovers'), FORMS)
  assert.equal(await count('bookings'), FORMS)
  assert.equal(await count('replies', { state: 'posted' }), FORMS)
  assert.equal(await count('replies'), FORMS)
  assert.equal(await count('sheets', { state: 'posted' }), FORMS)
  assert.equal(await count('sheets'), FORMS)
  assert.equal(await count('print_runs'), 1)
  const { rows } = await db.rawQuery('select sum(taken)::int as taken from slots')
  assert.equal(rows[0].taken, FORMS)
}

test.group('A worker that dies', (group) => {
  group.each.setup(reset)

  for (const [stretch, { commits }] of ROAD.entries())
    test('at {$self} leaves one submission, one booking and one letter a form, and no page is lost')
      .with(commits)
      .run(async (_, commit) => {
        await walk(stretch, () => dieAt(commit))
        await nothingLostNothingTwice()
        if (stretch === 0) assert.equal(await count('pages', { state: 'matched' }), FORMS * 2)
      })
      .timeout(300_000)

  test('is followed by another, which finds by itself what was left', async () => {
    await walk(0, async () => {
      await dieAt('scan.decoded')
      const worker = new WorkerProcess()
      try {
        await until('forms are found', async () => (await count('submissions')) === FORMS)
      } finally {
        await worker.stop()
      }
      await timePasses()
    })
    await nothingLostNothingTwice()
  }).timeout(300_000)

  test('isn’t needed for a decoder that dies: the same one goes on', async () => {
    await walk(0, async () => {
      const worker = new WorkerProcess({ KILL_DECODER_AT: '2' })
      try {
        await until('forms are found', async () => (await count('submissions')) === FORMS)
        assert.ok(worker.isRunning)
      } finally {
        await worker.stop()
      }
      await timePasses()
    })
    await nothingLostNothingTwice()
  }).timeout(300_000)
})
