import type PrintRun from '#app/replies/print_runs/print_run'
import Sheet from '#app/replies/print_runs/sheet'
import { notGoing, recheckContacts, applyRechecked } from '#app/replies/recheck_contacts'
import type { Transition } from '#app/core/transition'

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
  const rechecked = await recheckContacts(
    sheets.map((sheet) => sheet.reply),
    t.trx
  )
  const staying = notGoing(rechecked)
  const pulled = sheets.filter((sheet) => staying.has(sheet.replyId))
  if (pulled.length === 0) return []
  await Sheet.pull(
    t,
    pulled.map((sheet) => sheet.id),
    'stopped',
    actorId
  )
  await applyRechecked(t, rechecked, actorId)
  t.record({
    verb: 'print_run.pulled_stopped',
    subject: { type: 'print_run', id: run.id },
    clientId: run.clientId,
    actorId,
    detail: { sheets: pulled.length },
  })
  return pulled.map(({ id, number }) => ({ id, number }))
}
