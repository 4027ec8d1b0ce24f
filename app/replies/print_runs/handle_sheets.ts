import Reply from '#app/replies/reply'
import type User from '#app/people/user'
import { products } from '#app/replies/products/product'
import PrintRun from '#app/replies/print_runs/print_run'
import { pullStopped } from '#app/replies/print_runs/recheck_sheets'
import Sheet from '#app/replies/print_runs/sheet'
import { today } from '#app/core/clock'
import { lockSubmissions } from '#app/submissions/lock_submissions'
import { transition, type Transition } from '#app/core/transition'

export type PullReason = 'died' | 'moved' | 'stopped' | 'damaged'

/**
 * The PDF is opened for printing: its sheets count as printed. Where somebody in it may not be written to any more, it
 * is typeset anew without them first.
 * @returns false when it has to be typeset anew
 */
export async function markPrinted(user: User, runId: string): Promise<boolean> {
  return transition(async (t) => {
    const run = await lockRun(t, runId)
    const opens = run.state === 'typeset' || run.state === 'printed'
    if (opens && (await pullStopped(t, run, user.id)).length > 0) {
      await Sheet.replan(t, run.id)
      await run.replan(t)
      t.announce(`print-runs/${run.id}`)
      return false
    }
    t.recordOnly({
      verb: 'print_run.opened',
      subject: { type: 'print_run', id: run.id },
      clientId: run.clientId,
      actorId: user.id,
    })
    if (run.state !== 'typeset') return true
    await Sheet.print(t, run.id)
    await run.print(t, user.id)
    return true
  })
}

export type Enclosed =
  | { ok: true; number: number; left: number }
  | { ok: false; reason: 'unknown_code' | 'already' | 'pulled' | 'not_printed' | 'stopped' }

/** A sheet's code was scanned while it went into its envelope. */
export async function encloseSheet(user: User, runId: string, scanned: string): Promise<Enclosed> {
  const code = scanned
    .trim()
    .toUpperCase()
    .replace(/^HWS\//, '')
  return transition(async (t) => {
    const run = await lockRun(t, runId, { code })
    const sheet = await Sheet.query({ client: t.trx })
      .where({ printRunId: runId, code })
      .forUpdate()
      .first()
    if (!sheet) return { ok: false, reason: 'unknown_code' }
    if (sheet.state === 'pulled') return { ok: false, reason: 'pulled' }
    if (sheet.state === 'planned') return { ok: false, reason: 'not_printed' }
    if (sheet.state !== 'printed') return { ok: false, reason: 'already' }
    if ((await pullStopped(t, run, user.id, [sheet.id])).length > 0) {
      await finishEnclosing(t, run)
      return { ok: false, reason: 'stopped' }
    }
    await Sheet.enclose(t, sheet.id, user.id)
    await recordOfReply(t, sheet, run, 'sheet.enclosed', user)
    return { ok: true, number: sheet.number, left: await finishEnclosing(t, run) }
  })
}

/** A sheet is taken out of the run after printing; its letter is canceled, or printed anew when it was damaged. */
export async function pullSheet(
  user: User,
  runId: string,
  sheetId: string,
  reason: PullReason
): Promise<boolean> {
  return transition(async (t) => {
    const run = await lockRun(t, runId, { id: sheetId })
    const sheet = await Sheet.query({ client: t.trx })
      .where({ id: sheetId, printRunId: runId })
      .whereIn('state', ['printed', 'enclosed'])
      .forUpdate()
      .first()
    if (!sheet || run.state === 'posted') return false
    await Sheet.pull(t, [sheet.id], reason, user.id)
    const leave = reason === 'damaged' ? Reply.leaveRun : Reply.cancel
    await leave(t, [sheet.replyId], { actorId: user.id })
    await recordOfReply(t, sheet, run, 'sheet.pulled', user)
    await finishEnclosing(t, run)
    return true
  })
}

export type Posted =
  | { ok: true }
  | { ok: false; reason: 'not_enclosed' | 'already' }
  /** letters that may not go any more: these are taken out of the stack first */
  | { ok: false; reason: 'stopped'; numbers: number[] }
  /** the letters bear another day than today */
  | { ok: false; reason: 'other_day'; datedOn: string }

interface PostedSheet {
  reply_id: string
  number: number
  submission_id: string
}

/**
 * The run goes to the post: only when planned − pulled = enclosed, when every letter in it still may go, and on the day
 * that the letters bear, unless somebody says that it goes all the same.
 */
export async function postRun(
  user: User,
  runId: string,
  { otherDay = false }: { otherDay?: boolean } = {}
): Promise<Posted> {
  return transition(async (t) => {
    const run = await lockRun(t, runId)
    if (run.state === 'posted') return { ok: false, reason: 'already' }
    if (run.state !== 'enclosed') return { ok: false, reason: 'not_enclosed' }
    const stopped = await pullStopped(t, run, user.id)
    if (stopped.length > 0)
      return { ok: false, reason: 'stopped', numbers: stopped.map((sheet) => sheet.number) }
    const { numbered } = products.get(run.product)
    if (numbered && run.datedOn && run.datedOn !== today() && !otherDay)
      return { ok: false, reason: 'other_day', datedOn: run.datedOn }
    const sheets: PostedSheet[] = await t.trx
      .from('sheets')
      .where({ print_run_id: run.id, state: 'enclosed' })
      .join('reply_submissions', 'reply_submissions.reply_id', 'sheets.reply_id')
      .orderBy('sheets.number')
      .select('sheets.reply_id', 'sheets.number', 'reply_submissions.submission_id')
    await Sheet.post(t, run.id, user.id)
    const letters = Map.groupBy(sheets, (sheet) => sheet.reply_id)
    await Reply.post(t, [...letters.keys()], {
      verb: 'sheet.posted',
      actorId: user.id,
      submissions: new Map(
        [...letters].map(([id, of]) => [id, of.map((sheet) => sheet.submission_id)])
      ),
      detail: (id) => ({ run: run.number, sheet: letters.get(id)![0].number }),
    })
    await run.post(t, today(), user.id)
    return { ok: true }
  })
}

/** A run that has slipped is printed anew with another day: what was enclosed is taken out again. */
export async function redateRun(user: User, runId: string, datedOn: string): Promise<boolean> {
  if (datedOn < today()) return false
  return transition(async (t) => {
    const run = await lockRun(t, runId)
    if (run.state === 'posted') return false
    await Sheet.replan(t, run.id)
    await run.replan(t, { dated_on: datedOn })
    t.record({
      verb: 'print_run.redated',
      subject: { type: 'print_run', id: run.id },
      clientId: run.clientId,
      actorId: user.id,
      detail: { datedOn },
    })
    return true
  })
}

/** How many printed sheets are not yet in their envelopes; at none the run is enclosed. */
export async function finishEnclosing(t: Transition, run: PrintRun): Promise<number> {
  const { count } = await t.trx
    .from('sheets')
    .where({ print_run_id: run.id, state: 'printed' })
    .count('* as count')
    .firstOrFail()
  const left = Number(count)
  if (left === 0 && run.state === 'printed') {
    await run.enclose(t)
  }
  return left
}

async function recordOfReply(
  t: Transition,
  sheet: Sheet,
  run: PrintRun,
  verb: string,
  user: User
): Promise<void> {
  const rows: { submission_id: string }[] = await t.trx
    .from('reply_submissions')
    .where('reply_id', sheet.replyId)
    .select('submission_id')
  for (const row of rows) {
    t.record({
      verb,
      subject: { type: 'reply', id: sheet.replyId },
      clientId: run.clientId,
      submissionId: row.submission_id,
      actorId: user.id,
      detail: { run: run.number, sheet: sheet.number },
    })
  }
}

/** Locks whom a run's sheets are about (or one sheet of it), then the run: a letter may have to be stopped. */
async function lockRun(
  t: Transition,
  runId: string,
  sheet: { code?: string; id?: string } = {}
): Promise<PrintRun> {
  const people: { submission_id: string }[] = await t.trx
    .from('reply_submissions')
    .whereIn(
      'reply_id',
      t.trx
        .from('sheets')
        .where({ print_run_id: runId, ...sheet })
        .select('reply_id')
    )
    .select('submission_id')
  await lockSubmissions(
    t.trx,
    people.map((row) => row.submission_id)
  )
  return PrintRun.query({ client: t.trx }).where('id', runId).forUpdate().firstOrFail()
}
