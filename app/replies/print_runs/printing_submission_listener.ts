import { finishEnclosing } from '#app/replies/print_runs/finish_enclosing'
import Sheet from '#app/replies/print_runs/sheet'
import PrintRun from '#app/replies/print_runs/print_run'
import { keysAndFiles, type SealedRow } from '#app/core/sealed_rows'
import { createSealer } from '#app/core/sealing'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** Sheets of an erased submission are pulled. */
export const printingListener: SubmissionListener = {
  name: 'printing',
  seals: [],

  /** A run's PDF is destroyed with its key; one that still has letters to send gets a new key and is typeset anew. */
  async erased(t, { id }) {
    const sheets = () =>
      t.trx
        .from('sheets')
        .whereIn(
          'reply_id',
          t.trx.from('reply_submissions').where('submission_id', id).select('reply_id')
        )
    const rows: SealedRow[] = await t.trx
      .from('print_runs')
      .whereIn('id', sheets().select('print_run_id'))
      .select('data_key_id', 'file')
    const of: { print_run_id: string }[] = await sheets().distinct('print_run_id')
    const own: { id: string }[] = await sheets().select('id')
    await Sheet.pull(
      t,
      own.map((sheet) => sheet.id),
      'erased'
    )
    for (const { print_run_id: runId } of of) {
      const run = await PrintRun.query({ client: t.trx })
        .where('id', runId)
        .forUpdate()
        .firstOrFail()
      const sealer = await createSealer(t.trx, 'print_run')
      await run.merge({ dataKeyId: sealer.dataKeyId, file: null }).save()
      if (run.state === 'planned' || run.state === 'typeset') await run.replan(t)
      else await finishEnclosing(t, run)
    }
    return keysAndFiles(rows)
  },
}
