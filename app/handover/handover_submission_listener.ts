import db from '@adonisjs/lucid/services/db'
import type Submission from '#app/submissions/submission'
import type { SubmissionListener } from '#app/submissions/submission_listener'
import type { Transition } from '#app/core/transition'
import { askToCall } from '#app/handover/ask_to_call'
import { endWork } from '#app/handover/end_work'
import { connectors } from '#app/handover/connectors'
import Handover from '#app/handover/handover'
import { SlotConnector } from '#app/handover/slot_connector'
import { withdrawTasks } from '#app/tasks/withdraw_tasks'

/** The listener that ends what is being handed over when its values, or its person, are no longer. */
export const handoverListener: SubmissionListener = {
  name: 'handover',
  seals: [],

  async corrected(t, { id }) {
    const open = await Handover.of(t, id, ['pending', 'asked', 'waiting', 'refused', 'failed'])
    for (const handover of open) await endWork(t, handover)
    await withdrawTasks(t, { type: 'submission', id }, 'call')
  },

  callable: { rank: 'wish', call: callAboutWish },

  async words(ids) {
    const rows: { submission_id: string }[] = await db
      .from('handovers')
      .whereIn('submission_id', ids)
      .where('state', 'failed')
      .select('submission_id')
    return new Map(rows.map((row) => [row.submission_id, 'handover_failed']))
  },

  async stopped(t, { id, hasDied, mayBeCalled }) {
    const uncalled = mayBeCalled ? 0 : await endCalls(t, id)
    if (hasDied) await endAll(t, id)
    return uncalled
  },
}

/** Has somebody whose wish wasn't free asked on the phone after all. */
async function callAboutWish(t: Transition, submission: Submission): Promise<boolean> {
  const refused = await Handover.of(t, submission.id, ['refused'])
  const full = refused.filter((handover) => handover.reason === 'full').at(-1)
  if (!full) return false
  await full.ask(t, 'full')
  await askToCall(t, submission)
  if (submission.state !== 'handing_over') await submission.handOver(t)
  t.wake({ type: 'submission', id: submission.id })
  return true
}

/** Whoever was to be called about a time isn't; how many. */
async function endCalls(t: Transition, submissionId: string): Promise<number> {
  const asked = await Handover.of(t, submissionId, ['asked'])
  const byPhone = asked.filter((handover) => isCalledAbout(handover))
  for (const handover of byPhone) await handover.refuse(t, handover.reason!)
  await withdrawTasks(t, { type: 'submission', id: submissionId }, 'call')
  return byPhone.length
}

/** Takes back what was given over for somebody who has died, but for papers that are looked at. */
async function endAll(t: Transition, submissionId: string): Promise<void> {
  for (const handover of await Handover.of(t, submissionId, [
    'pending',
    'asked',
    'waiting',
    'done',
    'refused',
    'failed',
  ])) {
    if (handover.state === 'asked' && isPaperLookedAt(handover)) continue
    // What people decided about papers stands, and can still be decided anew.
    if (handover.state === 'refused' && handover.reason !== 'full') continue
    if (handover.state === 'done' && handover.reason !== null) continue
    const { isElsewhere } = connectors.get(handover.connector)
    if (handover.state === 'done' && isElsewhere) await handover.takeBack(t)
    else await endWork(t, handover)
  }
}

function isPaperLookedAt(handover: Handover): boolean {
  return !isCalledAbout(handover) && !connectors.get(handover.connector).isElsewhere
}

function isCalledAbout({ connector }: Handover): boolean {
  return connectors.get(connector) instanceof SlotConnector
}
