import { endCallBacks } from '#app/calls/call_backs'
import { CALL_NUMBER } from '#app/calls/call'
import { frozenVersion } from '#app/catalog/frozen_version'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import { searchTokensOf } from '#app/submissions/search_tokens'
import Submission from '#app/submissions/submission'
import { removeFile } from '#app/shared/sealed_files'
import { blindIndexes, createSealer, destroyDataKeys } from '#app/shared/sealing'
import { transition, type Transition } from '#app/shared/transition'
import { finishEnclosing } from '#app/printing/handle_sheets'
import PrintRun from '#app/printing/print_run'
import { withdrawTasks } from '#app/work/add_task'

/**
 * Erases a submission's personal data: its data key, those of its pages, and those of every shared scan
 * and print run PDF that contains it are destroyed, so that nothing of it can be opened again, back-ups
 * of the files included. What others own in a shared scan stays on their own pages. History and counts stay.
 * @returns false when there is no such submission, or it is erased already
 */
export async function eraseSubmission(receipt: string, actorId?: string): Promise<boolean> {
  const files = await transition(async (t) => {
    const submission = await Submission.query({ client: t.trx })
      .where({ receipt })
      .whereNot('state', 'erased')
      .forUpdate()
      .first()
    if (!submission) return null
    const own: { key: string; file: string | null }[] = await t.trx
      .rawQuery(
        `select p.data_key_id as key, p.image as file from pages p where p.submission_id = :id
         union all select p.data_key_id, p.registered_image from pages p where p.submission_id = :id
         union all select s.name_key_id, null from scans s join pages p on p.scan_id = s.id where p.submission_id = :id and s.name_key_id is not null
         union all select s.data_key_id, s.file from scans s join pages p on p.scan_id = s.id where p.submission_id = :id
         union all select r.data_key_id, r.file from print_runs r join sheets h on h.print_run_id = r.id
           join reply_submissions rs on rs.reply_id = h.reply_id where rs.submission_id = :id
         union all select x.data_key_id, x.file from exports x join export_rows xr on xr.export_id = x.id where xr.submission_id = :id
         union all select r.data_key_id, r.file from replies r join reply_submissions rs on rs.reply_id = r.id where rs.submission_id = :id`,
        { id: submission.id }
      )
      .then(({ rows }) => rows)
    await destroyDataKeys(t.trx, [
      submission.dataKeyId,
      ...own.map((row) => row.key),
      ...(await forgetCalls(t, submission)),
    ])
    await t.trx.from('search_tokens').where('submission_id', submission.id).delete()
    await t.trx
      .from('assignments')
      .whereIn('task_id', t.trx.from('tasks').where('subject_id', submission.id).select('id'))
      .update({ draft: null })
    await withdrawAllTasks(t, submission)
    await pullSheets(t, submission)
    await t.trx
      .from('coupons')
      .whereIn(
        'booking_id',
        t.trx.from('bookings').where('submission_id', submission.id).select('id')
      )
      .update({ person: `erased:${submission.id}` })
    await t.trx
      .from('bookings')
      .where('submission_id', submission.id)
      .update({ person: `erased:${submission.id}`, number_token: null })
    await t.trx
      .from('waiting_list')
      .where({ submission_id: submission.id })
      .whereIn('state', ['waiting', 'offered'])
      .update({ state: 'left' })
    // A person's token would still tell that two submissions are one person's.
    await submission.merge({ state: 'erased', person: null, draft: null }).save()
    await t.trx
      .from('submissions')
      .where('id', submission.id)
      .update({ erased_at: t.trx.raw('now()') })
    t.record({
      verb: 'submission.erased',
      subject: { type: 'submission', id: submission.id },
      clientId: submission.clientId,
      submissionId: submission.id,
      actorId,
    })
    return own.flatMap((row) => row.file ?? [])
  })
  for (const file of files ?? []) await removeFile(file)
  return files !== null
}

/** There is nothing left to key, to decide or to call about. */
async function withdrawAllTasks(t: Transition, submission: Submission): Promise<void> {
  const replies: { reply_id: string }[] = await t.trx
    .from('reply_submissions')
    .where('submission_id', submission.id)
    .select('reply_id')
  for (const kind of ['key', 'adjudicate', 'call'] as const) {
    await withdrawTasks(t, { type: 'submission', id: submission.id }, kind)
  }
  await endCallBacks(t, { submission_id: submission.id })
  const corrections: { id: string }[] = await t.trx
    .from('corrections')
    .where({ submission_id: submission.id, state: 'open' })
    .update({ state: 'kept' })
    .returning(['id'])
  for (const { id } of corrections) await withdrawTasks(t, { type: 'correction', id }, 'correct')
  for (const reply of replies)
    await withdrawTasks(t, { type: 'reply', id: reply.reply_id }, 'substitute')
}

/**
 * Unsent letters are canceled and their sheets pulled. A run's PDF is destroyed with its key; one that still
 * has letters to send gets a new key and is typeset anew without the erased one.
 */
async function pullSheets(t: Transition, submission: Submission): Promise<void> {
  const replyIds = t.trx
    .from('reply_submissions')
    .where('submission_id', submission.id)
    .select('reply_id')
  await t.trx
    .from('replies')
    .whereIn('id', replyIds.clone())
    .whereNot('state', 'posted')
    .update({ state: 'canceled' })
  const sheets: { print_run_id: string }[] = await t.trx
    .from('sheets')
    .whereIn('reply_id', replyIds.clone())
    .select('print_run_id')
  await t.trx
    .from('sheets')
    .whereIn('reply_id', replyIds.clone())
    .whereIn('state', ['planned', 'printed', 'enclosed'])
    .update({ state: 'pulled', reason: 'erased' })
  for (const { print_run_id: id } of sheets) {
    const run = await PrintRun.query({ client: t.trx }).where('id', id).forUpdate().firstOrFail()
    const sealer = await createSealer(t.trx, 'print_run')
    await run.merge({ dataKeyId: sealer.dataKeyId, file: null }).save()
    if (run.state === 'planned' || run.state === 'typeset') {
      await run.merge({ state: 'planned' }).save()
      t.wake({ type: 'print_run', id })
    } else await finishEnclosing(t, run)
  }
}

/**
 * The numbers of calls that were theirs, and of all from their phone unless somebody else has it too; their keys, to be
 * destroyed.
 */
async function forgetCalls(t: Transition, submission: Submission): Promise<string[]> {
  const tokens = await ownNumberTokens(t, submission)
  await t.trx.from('call_backs').where('submission_id', submission.id).update({ phone_token: null })
  const calls: { data_key_id: string | null }[] = await t.trx
    .from('calls')
    .where((query) =>
      query
        .whereIn(
          'id',
          t.trx
            .from('call_backs')
            .where('submission_id', submission.id)
            .whereNotNull('call_id')
            .select('call_id')
        )
        .orWhereIn(
          'id',
          t.trx
            .from('visits')
            .where('id', submission.visitId ?? NO_VISIT)
            .whereNotNull('call_id')
            .select('call_id')
        )
        .orWhereIn('number_token', tokens)
    )
    .update({ number_token: null })
    .returning(['data_key_id'])
  return calls.flatMap((call) => call.data_key_id ?? [])
}

/** Paper comes without a visit. */
const NO_VISIT = '00000000-0000-0000-0000-000000000000'

/** Tokens of the phone that the submission names, as calls bear them; none where another submission names it too. */
async function ownNumberTokens(t: Transition, submission: Submission): Promise<string[]> {
  const version = await frozenVersion(submission.serviceVersionId, t.trx)
  const latest = await latestValues(submission, t.trx)
  const phone = valueIn(latest?.values)(version.description.person.phone)
  if (!phone) return []
  const shared = await t.trx
    .from('search_tokens')
    .whereIn('token', searchTokensOf({ kind: 'phone', text: phone }))
    .whereNot('submission_id', submission.id)
    .first()
  return shared ? [] : blindIndexes(phone, CALL_NUMBER)
}
