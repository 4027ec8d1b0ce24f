import type User from '#app/identity/user'
import PrintRun from '#app/printing/print_run'
import Sheet from '#app/printing/sheet'
import { today } from '#app/shared/clock'
import { transition, type Transition } from '#app/shared/transition'

export type PullReason = 'died' | 'moved' | 'stopped' | 'damaged'

/** The PDF was opened for printing: its sheets count as printed. */
export async function markPrinted(user: User, runId: string): Promise<void> {
  await transition(async (t) => {
    const run = await lockRun(t, runId)
    t.recordRead({
      verb: 'print_run.opened',
      subject: { type: 'print_run', id: run.id },
      clientId: run.clientId,
      actorId: user.id,
    })
    if (run.state !== 'typeset') return
    await t.trx
      .from('sheets')
      .where({ print_run_id: run.id, state: 'planned' })
      .update({ state: 'printed' })
    await run.merge({ state: 'printed' }).save()
  })
}

export type Enclosed =
  | { ok: true; number: number; left: number }
  | { ok: false; reason: 'unknown_code' | 'already' | 'pulled' | 'not_printed' }

/** A sheet's code was scanned while it went into its envelope. */
export async function encloseSheet(user: User, runId: string, scanned: string): Promise<Enclosed> {
  const code = scanned
    .trim()
    .toUpperCase()
    .replace(/^HWS\//, '')
  return transition(async (t) => {
    const run = await lockRun(t, runId)
    const sheet = await Sheet.query({ client: t.trx })
      .where({ printRunId: runId, code })
      .forUpdate()
      .first()
    if (!sheet) return { ok: false, reason: 'unknown_code' }
    if (sheet.state === 'pulled') return { ok: false, reason: 'pulled' }
    if (sheet.state === 'planned') return { ok: false, reason: 'not_printed' }
    if (sheet.state !== 'printed') return { ok: false, reason: 'already' }
    await sheet.merge({ state: 'enclosed' }).save()
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
    const run = await lockRun(t, runId)
    const sheet = await Sheet.query({ client: t.trx })
      .where({ id: sheetId, printRunId: runId })
      .whereIn('state', ['printed', 'enclosed'])
      .forUpdate()
      .first()
    if (!sheet || run.state === 'posted') return false
    await sheet.merge({ state: 'pulled', reason }).save()
    await t.trx
      .from('replies')
      .where('id', sheet.replyId)
      .update({ state: reason === 'damaged' ? 'ready' : 'canceled' })
    await recordOfReply(t, sheet, run, 'sheet.pulled', user)
    await finishEnclosing(t, run)
    return true
  })
}

export type Posted = { ok: true } | { ok: false; reason: 'not_enclosed' | 'already' }

interface PostedSheet {
  reply_id: string
  number: number
  submission_id: string
}

/** The run goes to the post: only when planned − pulled = enclosed. */
export async function postRun(user: User, runId: string): Promise<Posted> {
  return transition(async (t) => {
    const run = await lockRun(t, runId)
    if (run.state === 'posted') return { ok: false, reason: 'already' }
    if (run.state !== 'enclosed') return { ok: false, reason: 'not_enclosed' }
    const enclosed = () => t.trx.from('sheets').where({ print_run_id: run.id, state: 'enclosed' })
    const sheets: PostedSheet[] = await enclosed()
      .join('reply_submissions', 'reply_submissions.reply_id', 'sheets.reply_id')
      .orderBy('sheets.number')
      .select('sheets.reply_id', 'sheets.number', 'reply_submissions.submission_id')
    await t.trx
      .from('replies')
      .whereIn('id', enclosed().select('reply_id'))
      .update({ state: 'posted' })
    await enclosed().update({ state: 'posted' })
    for (const sheet of sheets) {
      t.record({
        verb: 'sheet.posted',
        subject: { type: 'reply', id: sheet.reply_id },
        clientId: run.clientId,
        submissionId: sheet.submission_id,
        actorId: user.id,
        detail: { run: run.number, sheet: sheet.number },
      })
    }
    await run.merge({ state: 'posted', postedOn: today() }).save()
    t.record({
      verb: 'print_run.posted',
      subject: { type: 'print_run', id: run.id },
      clientId: run.clientId,
      actorId: user.id,
      detail: { sheets: new Set(sheets.map((sheet) => sheet.reply_id)).size },
    })
    return { ok: true }
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
    await run.merge({ state: 'enclosed' }).save()
    t.record({
      verb: 'print_run.enclosed',
      subject: { type: 'print_run', id: run.id },
      clientId: run.clientId,
    })
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

function lockRun(t: Transition, runId: string): Promise<PrintRun> {
  return PrintRun.query({ client: t.trx }).where('id', runId).forUpdate().firstOrFail()
}
