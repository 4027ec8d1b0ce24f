import type PrintRun from '#app/printing/print_run'
import Sheet from '#app/printing/sheet'
import { recheckContacts } from '#app/replies/recheck_contacts'
import { stopReply } from '#app/replies/stop_reply'
import type { Transition } from '#app/shared/transition'

/** A sheet of a run that may not go any more, by its number. */
export interface StoppedSheet {
  id: string
  number: number
}

/**
 * Asks again of every sheet that is still to go whether it may, and pulls those that may not. A person takes them out
 * of the stack by their numbers.
 * @param only of these sheets; without it of all
 */
export async function pullStopped(
  t: Transition,
  run: PrintRun,
  actorId: string,
  only?: string[]
): Promise<StoppedSheet[]> {
  const sheets = await Sheet.query({ client: t.trx })
    .where('printRunId', run.id)
    .whereIn('state', ['planned', 'printed', 'enclosed'])
    .if(only, (query) => query.whereIn('id', only!))
    .preload('reply')
    .orderBy('number')
    .forUpdate()
  const { stopped } = await recheckContacts(
    sheets.map((sheet) => sheet.reply),
    t.trx
  )
  const pulled = sheets.filter((sheet) => stopped.has(sheet.replyId))
  if (pulled.length === 0) return []
  await t.trx
    .from('sheets')
    .whereIn(
      'id',
      pulled.map((sheet) => sheet.id)
    )
    .update({ state: 'pulled', reason: 'stopped' })
  const rows: { reply_id: string; submission_id: string }[] = await t.trx
    .from('reply_submissions')
    .whereIn(
      'reply_id',
      pulled.map((sheet) => sheet.replyId)
    )
    .select('reply_id', 'submission_id')
  for (const row of rows)
    await stopReply(
      t,
      { id: row.reply_id, clientId: run.clientId },
      row.submission_id,
      stopped.get(row.reply_id)!,
      actorId
    )
  t.record({
    verb: 'print_run.pulled_stopped',
    subject: { type: 'print_run', id: run.id },
    clientId: run.clientId,
    actorId,
    detail: { sheets: pulled.length },
  })
  return pulled.map(({ id, number }) => ({ id, number }))
}
