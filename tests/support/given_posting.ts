import db from '@adonisjs/lucid/services/db'
import { today } from '#app/core/clock'
import { drainFlow } from '#app/flow/sweeper'
import { approved, givenMailing, handInList } from '#tests/support/given_mailing'
import type { Answer, Visitor } from '#tests/support/visitor'

const HOW = {
  mail_service: 'ordinary',
  paid_by: 'account',
  office: '青嶺郵便局',
  envelope: 'long3',
  envelope_grams: '5.2',
  sheet_grams: '4',
  enclosed_grams: '0',
}

/** Those who send, approve and post. */
export interface Senders {
  client: Visitor
  chief: Visitor
  leader: Visitor
}

/** Prints a run that is typeset, and encloses its sheets; their codes. */
export async function encloseRun(leader: Visitor, runId: string): Promise<string[]> {
  const at = `/print-runs/${runId}`
  await leader.get(`${at}/pdf`)
  const sheets = await db.from('sheets').where('print_run_id', runId).orderBy('number')
  const codes = sheets.map(({ code }) => String(code))
  for (const code of codes) await leader.post(`${at}/enclosures`, { code })
  return codes
}

/** A list's letters as an enclosed run; its id. */
export async function givenEnclosed(
  { client, chief, leader }: Senders,
  list: string,
  { name = '健診', datedOn = today(), product = 'letter' } = {}
): Promise<string> {
  const mailing = await givenMailing(client, { letter: { name }, product })
  await handInList(client, mailing, list)
  await approved(client, chief, mailing)
  await leader.post(`${mailing}/runs`, { dated_on: datedOn })
  await drainFlow()
  const { id } = await db.from('print_runs').orderBy('number', 'desc').firstOrFail()
  await encloseRun(leader, id)
  return id
}

/** Has runs go to the post office together, as its form says. */
export function planPosting(
  leader: Visitor,
  runs: string[],
  other: Record<string, string> = {}
): Promise<Answer> {
  const form = new URLSearchParams({ ...HOW, ...other })
  for (const run of runs) form.append('runs[]', run)
  return leader.post('/postings', form)
}
