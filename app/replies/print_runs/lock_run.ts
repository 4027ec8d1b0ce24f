import PrintRun from '#app/replies/print_runs/print_run'
import { lockSubmissions } from '#app/submissions/lock_submissions'
import { type Transition } from '#app/core/transition'

/** Locks whom a run's sheets are about (or one sheet of it), then the run: a letter may have to be stopped. */
export async function lockRun(
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
